//! Streams of items: where one ends and the next begins, whatever pieces the bytes come in.

use bytes::{Buf, Bytes, BytesMut};
use std::fmt;

/// How items follow one another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Framing {
    /// One JSON text a line (JSON Lines, NDJSON).
    Lines,
    /// Each JSON text between a record separator and a line feed (RFC 7464).
    Sequence,
    /// Server-sent events: lines up to an empty one (WHATWG HTML, section 9.2).
    Events,
}

/// An item is longer than the limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TooLong {
    /// The limit, in bytes.
    pub limit: usize,
}

impl fmt::Display for TooLong {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "an item is longer than {} bytes", self.limit)
    }
}

impl std::error::Error for TooLong {}

/// Bytes in, items out.
#[derive(Debug)]
pub struct Frames {
    framing: Framing,
    limit: usize,
    buffer: BytesMut,
    /// How much of the buffer has been looked at.
    scanned: usize,
    /// How many brackets are open there, and whether a string is, and whether its next character is escaped.
    depth: usize,
    string: bool,
    escaped: bool,
    /// Whether a line feed would belong to the carriage return before it.
    after_return: bool,
    /// Whether the line that is being looked at has anything on it.
    blank: bool,
    /// Whether the first bytes have been seen: a byte order mark is dropped.
    begun: bool,
    ended: bool,
}

const SEPARATOR: u8 = 0x1e;
const MARK: &[u8] = b"\xef\xbb\xbf";

impl Frames {
    /// Items of so many bytes at most.
    #[must_use]
    pub fn new(framing: Framing, limit: usize) -> Self {
        Self {
            framing,
            limit,
            buffer: BytesMut::new(),
            scanned: 0,
            depth: 0,
            string: false,
            escaped: false,
            after_return: false,
            blank: true,
            begun: false,
            ended: false,
        }
    }

    /// Forgets what came, and takes bytes from the beginning of a stream again.
    pub fn restart(&mut self) {
        *self = Self::new(self.framing, self.limit);
    }

    /// Items of so many bytes at most from now on.
    pub fn limit(&mut self, limit: usize) {
        self.limit = limit;
    }

    /// Whether no more bytes come.
    #[must_use]
    pub fn is_ended(&self) -> bool {
        self.ended
    }

    /// Adds bytes as they came.
    pub fn push(&mut self, bytes: &[u8]) {
        self.buffer.extend_from_slice(bytes);
    }

    /// Says that no more bytes come.
    pub fn end(&mut self) {
        self.ended = true;
    }

    /// The next item that is complete; `None` asks for more bytes, or is the end.
    ///
    /// # Errors
    ///
    /// It is longer than the limit.
    pub fn next_frame(&mut self) -> Option<Result<Bytes, TooLong>> {
        if !self.begun {
            let begins = MARK.starts_with(&self.buffer[..self.buffer.len().min(MARK.len())]);
            if begins && self.buffer.len() < MARK.len() && !self.ended {
                return None;
            }
            if self.buffer.starts_with(MARK) {
                self.buffer.advance(MARK.len());
            }
            self.begun = true;
        }
        loop {
            let found = match self.framing {
                Framing::Lines => self.line(),
                Framing::Sequence => self.record(),
                Framing::Events => self.event(),
            };
            match found {
                Some(frame) if frame.iter().all(u8::is_ascii_whitespace) => {}
                Some(frame) if frame.len() > self.limit => return Some(Err(self.too_long())),
                Some(frame) => return Some(Ok(frame)),
                None if self.buffer.len() > self.limit => return Some(Err(self.too_long())),
                None => return None,
            }
        }
    }

    /// Nothing after an item that is too long can be trusted.
    fn too_long(&mut self) -> TooLong {
        self.buffer.clear();
        self.scanned = 0;
        TooLong { limit: self.limit }
    }

    /// Takes so much of the buffer.
    fn take(&mut self, length: usize) -> Bytes {
        self.scanned = 0;
        self.buffer.split_to(length).freeze()
    }

    /// What is left at the end.
    fn rest(&mut self) -> Option<Bytes> {
        (self.ended && !self.buffer.is_empty()).then(|| self.take(self.buffer.len()))
    }

    fn line(&mut self) -> Option<Bytes> {
        let from = self.scanned;
        let found = self.buffer[from..].iter().position(|byte| *byte == b'\n');
        let Some(at) = found else {
            self.scanned = self.buffer.len();
            return self.rest();
        };
        Some(self.take(from + at + 1))
    }

    /// A text ends at a line feed outside of it, or where the next one begins.
    fn record(&mut self) -> Option<Bytes> {
        while self.buffer.first() == Some(&SEPARATOR) {
            self.buffer.advance(1);
            self.scanned = 0;
            (self.depth, self.string, self.escaped) = (0, false, false);
        }
        while let Some(byte) = self.buffer.get(self.scanned).copied() {
            if byte == SEPARATOR {
                (self.depth, self.string, self.escaped) = (0, false, false);
                return Some(self.take(self.scanned));
            }
            self.scanned += 1;
            match byte {
                _ if self.escaped => self.escaped = false,
                b'\\' if self.string => self.escaped = true,
                b'"' => self.string = !self.string,
                _ if self.string => {}
                b'{' | b'[' => self.depth += 1,
                b'}' | b']' => self.depth = self.depth.saturating_sub(1),
                b'\n' if self.depth == 0 => return Some(self.take(self.scanned)),
                _ => {}
            }
        }
        self.rest()
    }

    /// An event ends at an empty line; what is left at the end is none.
    fn event(&mut self) -> Option<Bytes> {
        while let Some(byte) = self.buffer.get(self.scanned).copied() {
            self.scanned += 1;
            let second = std::mem::replace(&mut self.after_return, byte == b'\r');
            match byte {
                b'\n' if second => {}
                b'\n' | b'\r' if self.blank => return Some(self.take(self.scanned)),
                b'\n' | b'\r' => self.blank = true,
                _ => self.blank = false,
            }
        }
        None
    }
}

/// A server-sent event.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Event {
    /// What kind of event it is; `None` is a plain message.
    pub event: Option<String>,
    /// Its text.
    pub data: String,
    /// What a client that connects again says it has seen.
    pub id: Option<String>,
    /// How long a client waits before it connects again, in milliseconds.
    pub retry: Option<u64>,
}

/// The lines of an event: by line feed, carriage return, or both.
fn lines(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = Some(text);
    std::iter::from_fn(move || {
        let text = rest?;
        let Some(at) = text.find(['\n', '\r']) else {
            rest = None;
            return Some(text);
        };
        let after = &text[at..];
        rest = Some(after.strip_prefix("\r\n").unwrap_or(&after[1..]));
        Some(&text[..at])
    })
}

impl Event {
    /// Reads the lines of an event. Whether it is one that is shown: an event without data is not, though its `id` and
    /// `retry` count.
    #[must_use]
    pub fn read(frame: &[u8]) -> (Self, bool) {
        let text = String::from_utf8_lossy(frame);
        let mut event = Self::default();
        let mut data: Option<String> = None;
        for line in lines(&text) {
            let (field, value) = line.split_once(':').unwrap_or((line, ""));
            let value = value.strip_prefix(' ').unwrap_or(value);
            match field {
                "event" => event.event = (!value.is_empty()).then(|| value.to_owned()),
                "data" => match &mut data {
                    Some(data) => {
                        data.push('\n');
                        data.push_str(value);
                    }
                    None => data = Some(value.to_owned()),
                },
                "id" if !value.contains('\0') => event.id = Some(value.to_owned()),
                "retry" if value.bytes().all(|byte| byte.is_ascii_digit()) => {
                    event.retry = value.parse().ok();
                }
                _ => {}
            }
        }
        let shown = data.is_some();
        event.data = data.unwrap_or_default();
        (event, shown)
    }

    /// A part of it as text.
    #[must_use]
    pub fn part(&self, name: &str) -> Option<String> {
        match name {
            "event" => self.event.clone(),
            "id" => self.id.clone(),
            "retry" => self.retry.map(|retry| retry.to_string()),
            "data" => Some(self.data.clone()),
            _ => None,
        }
    }

    /// All of it, its parts as the specification has them (OpenAPI 3.2, section "Special Considerations for Server-Sent Events").
    #[must_use]
    pub fn json(&self) -> serde_json::Value {
        let parts = ["event", "data", "id"];
        let texts = parts.map(|name| (name, self.part(name).map(serde_json::Value::from)));
        let retry = ("retry", self.retry.map(serde_json::Value::from));
        let parts = texts.into_iter().chain([retry]);
        let parts = parts.filter_map(|(name, part)| Some((name.to_owned(), part?)));
        serde_json::Value::Object(parts.collect())
    }

    /// The event of such parts.
    #[must_use]
    pub fn of_json(json: &serde_json::Value) -> Option<Self> {
        let object = json.as_object()?;
        let text = |name: &str| {
            object
                .get(name)
                .map(|part| part.as_str().map(str::to_owned))
        };
        Some(Self {
            event: text("event").map_or(Some(None), |text| text.map(Some))?,
            data: text("data").unwrap_or_else(|| Some(String::new()))?,
            id: text("id").map_or(Some(None), |text| text.map(Some))?,
            retry: object.get("retry").and_then(serde_json::Value::as_u64),
        })
    }

    /// Appends the event.
    ///
    /// # Errors
    ///
    /// A part of it has characters that it cannot be written with.
    pub fn write(&self, out: &mut String) -> Result<(), &'static str> {
        let plain = |text: &Option<String>| {
            text.as_ref()
                .is_none_or(|text| !text.contains(['\n', '\r', '\0']))
        };
        if !plain(&self.event) || self.event.as_deref() == Some("") || !plain(&self.id) {
            return Err("the kind and the id of an event are one line each");
        }
        if self.data.contains('\r') {
            return Err("a carriage return would become a line feed");
        }
        if let Some(event) = &self.event {
            out.push_str(&format!("event: {event}\n"));
        }
        if let Some(id) = &self.id {
            out.push_str(&format!("id: {id}\n"));
        }
        if let Some(retry) = self.retry {
            out.push_str(&format!("retry: {retry}\n"));
        }
        for line in self.data.split('\n') {
            out.push_str(&format!("data: {line}\n"));
        }
        out.push('\n');
        Ok(())
    }
}
