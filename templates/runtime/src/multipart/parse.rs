//! Parts out of the bytes of a multipart body, as they come (RFC 2046, section 5.1; RFC 7578).

use super::super::body::{Body, BoxError};
use super::super::charset;
use super::super::content::malformed;
use super::super::json::Malformed;
use bytes::{Buf, Bytes, BytesMut};
use http::header::{CONTENT_DISPOSITION, CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue};
use http_body::{Body as HttpBody, Frame};
use percent_encoding::percent_decode_str;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

/// How many bytes the header of a part has at most.
const HEADER: usize = 8 * 1024;

/// How many bytes may stand before the first part.
const PREAMBLE: usize = 64 * 1024;

/// How many parts a body has at most.
const PARTS: usize = 1_000;

/// Why parts could not be read.
#[derive(Debug)]
pub enum Fault {
    /// More is to be held than the limit allows.
    TooLarge,
    /// The body broke off.
    Broken(BoxError),
    /// The body is not what the document says.
    Malformed(Box<Malformed>),
}

impl Fault {
    pub(super) fn expected(expected: &'static str) -> Self {
        Self::Malformed(Box::new(malformed(expected)))
    }
}

/// What the header of a part says.
#[derive(Debug, Default)]
pub struct Head {
    /// The member that it is the value of.
    pub name: Option<String>,
    /// The name of the file that it was.
    pub file_name: Option<String>,
    /// Every field.
    pub headers: HeaderMap,
}

impl Head {
    /// The media type; a part without one is plain text (RFC 7578, section 4.4).
    #[must_use]
    pub fn media_type(&self) -> Option<&HeaderValue> {
        self.headers.get(CONTENT_TYPE)
    }

    /// The charset of a text.
    pub(super) fn charset(&self) -> Option<String> {
        charset::named(self.media_type()?.to_str().ok()?)
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    /// Before the first delimiter.
    Preamble,
    /// Within a part.
    Part,
    /// Right after a delimiter.
    Between,
    /// After the closing delimiter.
    Done,
}

/// A multipart body, part by part.
#[derive(Debug)]
pub struct Parser {
    body: Body,
    buffer: BytesMut,
    /// `\r\n--` and the boundary.
    delimiter: Vec<u8>,
    state: State,
    parts: usize,
    ended: bool,
}

impl Parser {
    /// The parts of a body of a media type.
    ///
    /// # Errors
    ///
    /// The media type names no boundary, or none that is one (RFC 2046, section 5.1.1).
    pub fn new(media_type: &str, body: Body) -> Result<Self, Fault> {
        let boundary = parameters(media_type)
            .into_iter()
            .find(|(name, _)| name == "boundary")
            .map(|(_, value)| value)
            .filter(|boundary| (1..=70).contains(&boundary.len()) && boundary.is_ascii());
        let Some(boundary) = boundary else {
            return Err(Fault::expected("a media type with a boundary"));
        };
        Ok(Self {
            body,
            // The first delimiter has a line of its own, too.
            buffer: BytesMut::from(&b"\r\n"[..]),
            delimiter: format!("\r\n--{boundary}").into_bytes(),
            state: State::Preamble,
            parts: 0,
            ended: false,
        })
    }

    /// More bytes; whether there were any.
    fn poll_more(&mut self, cx: &mut Context<'_>) -> Poll<Result<bool, Fault>> {
        if self.ended {
            return Poll::Ready(Ok(false));
        }
        loop {
            match ready!(Pin::new(&mut self.body).poll_frame(cx)) {
                Some(Ok(frame)) => {
                    if let Ok(data) = frame.into_data()
                        && !data.is_empty()
                    {
                        self.buffer.extend_from_slice(&data);
                        return Poll::Ready(Ok(true));
                    }
                }
                Some(Err(error)) => return Poll::Ready(Err(Fault::Broken(error))),
                None => {
                    self.ended = true;
                    return Poll::Ready(Ok(false));
                }
            }
        }
    }

    async fn more(&mut self) -> Result<(), Fault> {
        match std::future::poll_fn(|cx| self.poll_more(cx)).await? {
            true => Ok(()),
            false => Err(Fault::expected("the closing boundary")),
        }
    }

    /// The next piece of the part; `None` at its end.
    pub(super) fn poll_chunk(
        &mut self,
        cx: &mut Context<'_>,
    ) -> Poll<Result<Option<Bytes>, Fault>> {
        loop {
            if !matches!(self.state, State::Part | State::Preamble) {
                return Poll::Ready(Ok(None));
            }
            match find(&self.buffer, &self.delimiter) {
                Found::At(0) => {
                    self.buffer.advance(self.delimiter.len());
                    self.state = State::Between;
                    return Poll::Ready(Ok(None));
                }
                Found::At(safe) | Found::Maybe(safe) if safe > 0 => {
                    return Poll::Ready(Ok(Some(self.buffer.split_to(safe).freeze())));
                }
                _ => {}
            }
            if !ready!(self.poll_more(cx))? {
                return Poll::Ready(Err(Fault::expected("the closing boundary")));
            }
        }
    }

    /// The next piece of the part; `None` at its end.
    ///
    /// # Errors
    ///
    /// The body breaks off.
    pub async fn chunk(&mut self) -> Result<Option<Bytes>, Fault> {
        std::future::poll_fn(|cx| self.poll_chunk(cx)).await
    }

    /// The header of the next part; `None` after the last one. What is left of the part before it is dropped.
    ///
    /// # Errors
    ///
    /// The body breaks off, or there are too many parts or header fields.
    pub async fn part(&mut self) -> Result<Option<Head>, Fault> {
        let mut skipped = 0;
        while let Some(chunk) = self.chunk().await? {
            skipped += chunk.len();
            if self.state == State::Preamble && skipped > PREAMBLE {
                return Err(Fault::expected("a boundary"));
            }
        }
        if self.state == State::Done || self.closed().await? {
            return Ok(None);
        }
        self.parts += 1;
        if self.parts > PARTS {
            return Err(Fault::expected("fewer parts"));
        }
        let head = self.head().await?;
        self.state = State::Part;
        Ok(Some(head))
    }

    /// What follows a delimiter: two hyphens after the last one, else the end of its line.
    async fn closed(&mut self) -> Result<bool, Fault> {
        loop {
            let padding = self
                .buffer
                .iter()
                .take_while(|byte| matches!(byte, b' ' | b'\t'));
            let padding = padding.count();
            if padding > HEADER {
                return Err(Fault::expected("the end of the boundary's line"));
            }
            if self.buffer.starts_with(b"--") {
                self.state = State::Done;
                return Ok(true);
            }
            match &self.buffer[padding..] {
                [b'\r', b'\n', ..] => {
                    self.buffer.advance(padding + 2);
                    return Ok(false);
                }
                [] | [b'\r'] => self.more().await?,
                [b'-'] if padding == 0 => self.more().await?,
                _ => return Err(Fault::expected("the end of the boundary's line")),
            }
        }
    }

    async fn head(&mut self) -> Result<Head, Fault> {
        let end = loop {
            if self.buffer.starts_with(b"\r\n") {
                break 0;
            }
            match find(&self.buffer, b"\r\n\r\n") {
                Found::At(at) if at <= HEADER => break at + 2,
                Found::At(_) => return Err(Fault::expected("a shorter header")),
                Found::Maybe(_) if self.buffer.len() > HEADER => {
                    return Err(Fault::expected("a shorter header"));
                }
                Found::Maybe(_) => self.more().await?,
            }
        };
        let lines = self.buffer.split_to(end);
        self.buffer.advance(2);
        head(&lines).ok_or_else(|| Fault::expected("a header of fields"))
    }
}

fn head(lines: &[u8]) -> Option<Head> {
    let mut head = Head::default();
    for line in lines.split(|byte| *byte == b'\n') {
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        if line.is_empty() {
            continue;
        }
        let colon = line.iter().position(|byte| *byte == b':')?;
        let name = HeaderName::from_bytes(&line[..colon]).ok()?;
        let value = line[colon + 1..].trim_ascii();
        head.headers
            .append(name, HeaderValue::from_bytes(value).ok()?);
    }
    if let Some(value) = head.headers.get(CONTENT_DISPOSITION) {
        let text = String::from_utf8_lossy(value.as_bytes()).into_owned();
        for (name, value) in parameters(&text) {
            match name.as_str() {
                "name" => head.name = Some(value),
                "filename" => head.file_name = head.file_name.or(Some(value)),
                "filename*" => head.file_name = extended(&value).or(head.file_name),
                _ => {}
            }
        }
    }
    Some(head)
}

/// A text with its charset, a language, and bytes percent-encoded (RFC 8187, section 3.2).
fn extended(value: &str) -> Option<String> {
    let (charset, rest) = value.split_once('\'')?;
    let (_, text) = rest.split_once('\'')?;
    let bytes: Vec<u8> = percent_decode_str(text).collect();
    charset::decode(&bytes, Some(&charset.to_ascii_lowercase()))
        .ok()
        .map(Into::into)
}

/// The parameters of a header field, names in lower case, quotes and their escapes taken away.
fn parameters(text: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some((_, after)) = split_unquoted(rest) {
        let parameter = split_unquoted(after).map_or(after, |(before, _)| before);
        if let Some((name, value)) = parameter.split_once('=') {
            found.push((name.trim().to_ascii_lowercase(), unquoted(value.trim())));
        }
        rest = after;
    }
    found
}

/// The texts before and after the first semicolon that is not quoted.
fn split_unquoted(text: &str) -> Option<(&str, &str)> {
    let (mut quoted, mut escaped) = (false, false);
    for (at, c) in text.char_indices() {
        match c {
            _ if escaped => escaped = false,
            '\\' if quoted => escaped = true,
            '"' => quoted = !quoted,
            ';' if !quoted => return Some((&text[..at], &text[at + 1..])),
            _ => {}
        }
    }
    None
}

fn unquoted(value: &str) -> String {
    let Some(inner) = value.strip_prefix('"') else {
        return value.to_owned();
    };
    let inner = inner.strip_suffix('"').unwrap_or(inner);
    let mut out = String::with_capacity(inner.len());
    let mut characters = inner.chars().peekable();
    while let Some(c) = characters.next() {
        // Some send the paths of another system, with backslashes that escape nothing.
        let escape = c == '\\' && matches!(characters.peek(), Some('"' | '\\'));
        match characters.next_if(|_| escape) {
            Some(escaped) => out.push(escaped),
            None => out.push(c),
        }
    }
    out
}

enum Found {
    /// Here.
    At(usize),
    /// Not before this, where it may begin.
    Maybe(usize),
}

fn find(text: &[u8], what: &[u8]) -> Found {
    let mut from = 0;
    while let Some(at) = text[from..].iter().position(|byte| *byte == what[0]) {
        let at = from + at;
        let rest = &text[at..];
        if rest.starts_with(what) {
            return Found::At(at);
        }
        if what.starts_with(rest) {
            return Found::Maybe(at);
        }
        from = at + 1;
    }
    Found::Maybe(text.len())
}

/// What is left of a body whose last part is read piece by piece.
pub(super) struct Rest {
    pub(super) begun: Option<Bytes>,
    pub(super) parser: Parser,
}

impl HttpBody for Rest {
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        if let Some(begun) = self.begun.take().filter(|begun| !begun.is_empty()) {
            return Poll::Ready(Some(Ok(Frame::data(begun))));
        }
        let error = |text: &str| Poll::Ready(Some(Err(BoxError::from(text))));
        match ready!(self.parser.poll_chunk(cx)) {
            Ok(Some(chunk)) => return Poll::Ready(Some(Ok(Frame::data(chunk)))),
            Ok(None) => {}
            Err(Fault::Broken(broken)) => return Poll::Ready(Some(Err(broken))),
            Err(_) => return error("the body ends within a part"),
        }
        while self.parser.state == State::Between && self.parser.buffer.len() < 2 {
            match ready!(self.parser.poll_more(cx)) {
                Ok(true) => {}
                Ok(false) => return error("the body ends without its closing boundary"),
                Err(Fault::Broken(broken)) => return Poll::Ready(Some(Err(broken))),
                Err(_) => return error("the body ends within a part"),
            }
        }
        if self.parser.state == State::Between && !self.parser.buffer.starts_with(b"--") {
            self.parser.state = State::Done;
            return error("another part follows the one that is read piece by piece");
        }
        self.parser.state = State::Done;
        Poll::Ready(None)
    }
}
