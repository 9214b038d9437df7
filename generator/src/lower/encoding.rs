//! Encoding Objects: how the members of a form and the parts of a multipart body are written.

use super::Lowering;
use crate::document::{self, MediaType, Named};
use crate::ir::{Codec, Encoding};

/// The name of the encoding of every further part by position.
const ITEM: &str = "*";

/// How deep encodings nest.
const LEVELS: usize = 8;

impl<'a> Lowering<'a> {
    /// The encodings of a body; what its codec has no use for is said.
    pub(super) fn encodings(&mut self, media: &'a MediaType, codec: Codec) -> Vec<Encoding> {
        let multipart = matches!(codec, Codec::Multipart | Codec::Parts);
        if !multipart && codec != Codec::Form {
            let named = media.encoding.iter().map(|(_, encoding)| encoding);
            let positional = media
                .prefix_encoding
                .iter()
                .chain(media.item_encoding.as_deref());
            for encoding in named.chain(positional) {
                self.ignore(
                    encoding.at,
                    "only forms and multipart bodies have encodings",
                );
            }
            return Vec::new();
        }
        self.inside(
            (
                &media.encoding,
                &media.prefix_encoding,
                media.item_encoding.as_deref(),
            ),
            multipart,
            LEVELS,
        )
    }

    fn inside(
        &mut self,
        (named, prefix, item): (
            &'a [(Named, document::Encoding)],
            &'a [document::Encoding],
            Option<&'a document::Encoding>,
        ),
        multipart: bool,
        levels: usize,
    ) -> Vec<Encoding> {
        let Some(levels) = levels.checked_sub(1) else {
            return Vec::new();
        };
        let mut found = Vec::new();
        for (name, encoding) in named {
            found.push(self.encoding(&name.name, encoding, multipart, levels));
        }
        for encoding in prefix {
            found.push(self.encoding("", encoding, multipart, levels));
        }
        if let Some(encoding) = item {
            found.push(self.encoding(ITEM, encoding, multipart, levels));
        }
        // A prefix counts by position; anything else that says nothing is as usual.
        found.retain(|encoding| encoding.name.is_empty() || says(encoding));
        found
    }

    fn encoding(
        &mut self,
        name: &str,
        encoding: &'a document::Encoding,
        multipart: bool,
        levels: usize,
    ) -> Encoding {
        let message = if multipart {
            "header fields of a part are given with its body, as `Body::with_header`"
        } else {
            "a form has no header fields"
        };
        self.ignored(&encoding.headers, message);
        // Until 3.1 a style is for forms alone (OpenAPI 3.0.4, Encoding Object); of older documents it says how lists are joined.
        let is_for_forms = multipart && self.document.version == document::Version::V3_0;
        let says_style = encoding.style.is_some()
            || encoding.explode.is_some()
            || encoding.allow_reserved.is_some();
        let styled = says_style && !is_for_forms;
        let inside = self.inside(
            (
                &encoding.encoding,
                &encoding.prefix_encoding,
                encoding.item_encoding.as_deref(),
            ),
            multipart,
            levels,
        );
        Encoding {
            name: name.to_owned(),
            content_type: encoding.content_type.clone().filter(|_| !styled),
            style: encoding.style.filter(|_| styled),
            explode: encoding.explode.filter(|_| styled),
            allow_reserved: encoding.allow_reserved.filter(|_| styled),
            inside,
        }
    }
}

fn says(encoding: &Encoding) -> bool {
    encoding.content_type.is_some()
        || encoding.style.is_some()
        || encoding.explode.is_some()
        || encoding.allow_reserved.is_some()
        || !encoding.inside.is_empty()
}
