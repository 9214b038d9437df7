//! The documented answer that a raw one is.

use super::super::body::{Body, CollectError};
use super::super::error::{Error, RawAnswer};
use super::super::header;
use super::super::json::{self, Malformed, ReadOptions, Unknown};
use super::super::media;
use super::super::media_type;
use super::super::multipart;
use super::super::operation::{Answer, Codec, Media, OperationTable, Places, Response};
use super::super::reconnect::Again;
use super::super::shape::Slot;
use http::header::{CONTENT_TYPE, HeaderMap};

/// An answer of which it is known what it is, its body complete or still to come.
pub(crate) struct Received {
    /// The documented answer, by its position in the table.
    answer: usize,
    media: Option<&'static Media>,
    /// As it came; the body is empty where it comes piece by piece.
    pub(crate) raw: RawAnswer,
    stream: Option<Body>,
    /// How many bytes of it are held.
    limit: usize,
}

/// How many bytes of parts are held before one of them is given away although it is not here yet.
const EARLY: usize = 1 << 20;

impl Received {
    /// The same, asked for again where a stream of events breaks off.
    pub(crate) fn or_again(mut self, again: Option<Again>) -> Self {
        if let (Some(media), Some(again)) = (self.media, again)
            && media.codec == Codec::Events
        {
            let stream = self.stream.take();
            self.stream = stream.map(|body| body.with_resume(again.resume(media)));
        }
        self
    }
}

/// Finds out which documented answer came, and reads its body to the end, unless it comes piece by piece.
pub(crate) async fn receive(
    table: &'static OperationTable,
    answer: http::Response<Body>,
    limit: usize,
) -> Result<Received, Error> {
    let (parts, body) = answer.into_parts();
    let row = row(table, parts.status, &parts.headers);
    let streamed = matches!(&row, Ok(Some((_, answer))) if answer.media.is_some_and(|media| media.codec.is_streamed()));
    let mut raw = RawAnswer {
        status: parts.status,
        headers: parts.headers,
        body: bytes::Bytes::new(),
    };
    let parts = matches!(&row, Ok(Some((_, answer))) if answer.media.is_some_and(|media| media.codec == Codec::Multipart));
    let stream = if streamed {
        Some(match raw.headers.get(CONTENT_TYPE) {
            Some(media_type) => body.with_media_type(media_type.clone()),
            None => body,
        })
    } else if parts {
        match body.begun(EARLY.min(limit)).await {
            Ok(Ok(bytes)) => {
                raw.body = bytes;
                None
            }
            Ok(Err(begun)) => Some(begun),
            Err(error) => return Err(Error::Transport(error)),
        }
    } else {
        raw.body = match body.collect(limit).await {
            Ok(bytes) => bytes,
            Err(CollectError::TooLarge) => {
                return Err(Error::TooLarge {
                    status: raw.status,
                    headers: Box::new(raw.headers),
                });
            }
            Err(CollectError::Broken(error)) => return Err(Error::Transport(error)),
        };
        None
    };
    match row {
        Ok(Some((answer, row))) => Ok(Received {
            answer,
            media: row.media.as_ref(),
            raw,
            stream,
            limit,
        }),
        Ok(None) => Err(Error::Undocumented(Box::new(raw))),
        Err(malformed) => Err(Error::Unreadable(Box::new(raw), Box::new(malformed))),
    }
}

type Row = Option<(usize, &'static Answer)>;

/// The documented answer of a status and a media type.
fn row(
    table: &'static OperationTable,
    status: http::StatusCode,
    headers: &HeaderMap,
) -> Result<Row, Malformed> {
    let Some(key) = table.key(status) else {
        return Ok(None);
    };
    let rows: Vec<(usize, &'static Answer)> = table.answers_of(key).collect();
    let names = |row: &(usize, &'static Answer)| row.1.media.as_ref().map(|media| media.names);
    let Some(came) = headers.get(CONTENT_TYPE) else {
        // Many servers leave the media type out: it is taken for the first documented one.
        return Ok(rows.into_iter().next());
    };
    if rows.iter().any(|row| row.1.media.is_none()) {
        return Ok(rows.into_iter().next());
    }
    let came = came.to_str().unwrap_or_default();
    let best = media_type::best(rows.iter().filter_map(names), came);
    let near = || {
        rows.iter()
            .position(|(_, row)| row.media.is_some_and(|media| near(&media, came)))
    };
    match best.or_else(near) {
        Some(position) => Ok(rows.get(position).copied()),
        None => Err(Malformed::new(
            0,
            rows.iter()
                .filter_map(names)
                .collect::<Vec<_>>()
                .concat()
                .join(" or "),
            came.chars().take(80).collect(),
        )),
    }
}

/// Servers are not exact with media types: any JSON is read where JSON is documented, any text where text is, and bytes
/// may be of any kind.
fn near(media: &Media, came: &str) -> bool {
    match media.codec {
        Codec::Json => media_type::is_json(came),
        Codec::Text => media_type::essence(came).starts_with("text/"),
        Codec::Bytes => true,
        Codec::Xml => media_type::is_xml(came),
        Codec::Yaml => media_type::is_yaml(came),
        Codec::Lines => media_type::is_lines(came),
        Codec::Form | Codec::Multipart | Codec::Parts | Codec::Sequence | Codec::Events => false,
    }
}

/// Reads what was received into the documented answer.
pub(crate) async fn read<R: Response>(received: Received) -> Result<R, Error> {
    let mut response = R::empty(received.answer, received.raw.status);
    if let Some(rest) = fill(response.places(), received)? {
        Box::pin(parts(&mut response, rest)).await?;
    }
    Ok(response)
}

/// Fills an answer in, but for parts that are not all here: they are given back.
fn fill(places: Places<'_>, received: Received) -> Result<Option<Received>, Error> {
    let mut read = Ok(());
    if let Some(object) = places.headers {
        read = header::read(&received.raw.headers, object);
    }
    if let (Ok(()), Some(slot), Some(media)) = (&read, places.body, received.media) {
        if media.codec == Codec::Multipart && received.stream.is_some() {
            return Ok(Some(received));
        }
        let Received { raw, stream, .. } = received;
        read = body(media, &raw, stream, slot);
        return match read {
            Ok(()) => Ok(None),
            Err(malformed) => Err(Error::Unreadable(Box::new(raw), Box::new(malformed))),
        };
    }
    match read {
        Ok(()) => Ok(None),
        Err(malformed) => {
            let raw = Box::new(received.raw);
            Err(Error::Unreadable(raw, Box::new(malformed)))
        }
    }
}

/// Reads parts of which more are to come than are held.
async fn parts(response: &mut dyn Response, received: Received) -> Result<(), Error> {
    let wanted = response.places().body.map(multipart::Wanted::of);
    let (Some(wanted), Some(media), Some(stream)) = (wanted, received.media, received.stream)
    else {
        return Ok(());
    };
    let raw = received.raw;
    let came = raw.headers.get(CONTENT_TYPE);
    let came = came.and_then(|came| came.to_str().ok()).unwrap_or_default();
    let held = multipart::Held {
        early: EARLY.min(received.limit),
        most: received.limit,
    };
    let collected = multipart::Collected::of(came, stream, &wanted, held).await;
    let read = collected.and_then(|parts| match response.places().body {
        Some(slot) => parts
            .read(media.encoding, slot, &LENIENT)
            .map_err(multipart::Fault::Malformed),
        None => Ok(()),
    });
    match read {
        Ok(()) => Ok(()),
        Err(multipart::Fault::Malformed(malformed)) => {
            Err(Error::Unreadable(Box::new(raw), malformed))
        }
        Err(multipart::Fault::TooLarge) => Err(Error::TooLarge {
            status: raw.status,
            headers: Box::new(raw.headers),
        }),
        Err(multipart::Fault::Broken(error)) => Err(Error::Transport(error)),
    }
}

/// A client takes what has grown since the document was written.
const LENIENT: ReadOptions = ReadOptions {
    depth: json::DEPTH,
    defaults: true,
    as_read: false,
    closed: false,
    unknown: Unknown::Keep,
    ambiguous: true,
};

fn body(
    media: &'static Media,
    raw: &RawAnswer,
    stream: Option<Body>,
    slot: Slot<'_>,
) -> Result<(), Malformed> {
    match stream {
        Some(stream) => {
            media::receive(media, stream, slot);
            Ok(())
        }
        None => {
            let came = raw.headers.get(CONTENT_TYPE);
            let came = came.and_then(|came| came.to_str().ok());
            media::read(media, came, &raw.body, slot, &LENIENT)
        }
    }
}
