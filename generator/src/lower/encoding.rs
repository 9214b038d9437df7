//! Encoding Objects: how the members of a form and the parts of a multipart body are written.

use super::Lowering;
use super::schema::Home;
use crate::diagnostic::code;
use crate::document::{self, MediaType, Named, Or};
use crate::ir::{Codec, Encoding, Parameter, Step};

/// The name of the encoding of every further part by position.
const ITEM: &str = "*";

/// How deep encodings nest.
const LEVELS: usize = 8;

impl<'a> Lowering<'a> {
    /// The encodings of a body; what its codec has no use for is said.
    pub(super) fn encodings(
        &mut self,
        media: &'a MediaType,
        codec: Codec,
        home: &Home,
    ) -> Vec<Encoding> {
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
            multipart.then_some(home),
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
        home: Option<&Home>,
        levels: usize,
    ) -> Vec<Encoding> {
        let Some(levels) = levels.checked_sub(1) else {
            return Vec::new();
        };
        let mut found = Vec::new();
        for (name, encoding) in named {
            found.push(self.encoding(&name.name, encoding, home, levels));
        }
        for encoding in prefix {
            found.push(self.encoding("", encoding, home, levels));
        }
        if let Some(encoding) = item {
            found.push(self.encoding(ITEM, encoding, home, levels));
        }
        // A prefix counts by position; anything else that says nothing is as usual.
        found.retain(|encoding| {
            encoding.name.is_empty() || encoding.says_more() || !encoding.headers.is_empty()
        });
        found
    }

    /// One encoding; `home` is where types of its header fields stand, if it is of a part, which has some.
    fn encoding(
        &mut self,
        name: &str,
        encoding: &'a document::Encoding,
        home: Option<&Home>,
        levels: usize,
    ) -> Encoding {
        let multipart = home.is_some();
        let headers = match home {
            Some(home) => self.part_headers(name, &encoding.headers, home),
            None => {
                self.ignored(&encoding.headers, "a form has no header fields");
                Vec::new()
            }
        };
        // Until 3.1 a style is for forms alone (OpenAPI 3.0.4, Encoding Object); of older documents it says how lists are joined.
        let is_for_forms = multipart && self.document.version == document::Version::V3_0;
        let says_style = encoding.style.is_some()
            || encoding.explode.is_some()
            || encoding.allow_reserved.is_some();
        let styled = says_style && !is_for_forms;
        let headers = if styled {
            self.unplaced(&headers);
            Vec::new()
        } else {
            headers
        };
        let inside = self.inside(
            (
                &encoding.encoding,
                &encoding.prefix_encoding,
                encoding.item_encoding.as_deref(),
            ),
            home,
            levels,
        );
        Encoding {
            name: name.to_owned(),
            content_type: encoding.content_type.clone().filter(|_| !styled),
            style: encoding.style.filter(|_| styled),
            explode: encoding.explode.filter(|_| styled),
            allow_reserved: encoding.allow_reserved.filter(|_| styled),
            inside,
            headers,
        }
    }

    /// The fields of a part's header, but for those that say what the encoding and the name of the member say.
    fn part_headers(
        &mut self,
        member: &str,
        headers: &'a [(Named, Or<document::Header>)],
        home: &Home,
    ) -> Vec<Parameter> {
        let mut found: Vec<Parameter> = Vec::new();
        for (name, or) in headers {
            let by_name = !matches!(member, "" | ITEM);
            let is = |other: &str| name.name.eq_ignore_ascii_case(other);
            if is("content-type") || by_name && is("content-disposition") {
                let message = "the content type of the encoding and the name of the member say what this field says";
                self.note(code::NO_EFFECT, name.at, message);
                continue;
            }
            let Some(header) = self.resolved(or, |components| &components.headers) else {
                continue;
            };
            if found.iter().all(|known| !is(&known.wire)) {
                let step = Step::Parameter(format!("{} {}", member.trim_matches('*'), name.name));
                found.push(self.header(name, header, home, step));
            }
        }
        found
    }
}
