//! Why JSON could not be read or written, and where.

use std::borrow::Cow;
use std::fmt;

/// How many bytes of a value or a name a message repeats.
const ECHO: usize = 48;

/// How many variants of a union a message explains.
const VARIANTS: usize = 8;

/// JSON that is not what the document says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Malformed {
    /// Where in the value, as a JSON pointer (RFC 6901); empty for the whole.
    pub pointer: String,
    /// Where in the text, in bytes.
    pub offset: usize,
    /// What would have been accepted, in words that follow "expected".
    pub expected: Cow<'static, str>,
    /// What is there instead, in words that follow "found". Never a secret, and never long.
    pub found: String,
    /// Why it is none of the variants of a union, where one stands there.
    pub variants: Vec<Misfit>,
}

/// Why a value is not one variant of a union.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Misfit {
    /// The variant's Rust name.
    pub variant: &'static str,
    /// Where in the union's value, as a JSON pointer (RFC 6901); empty for the whole.
    pub pointer: String,
    /// What the variant would have accepted, in words that follow "expected".
    pub expected: Cow<'static, str>,
    /// What is there instead, in words that follow "found".
    pub found: String,
}

impl Malformed {
    /// An error at a place in the text; the pointer is that of the whole until [`Self::within`] makes it longer.
    #[must_use]
    pub fn new(offset: usize, expected: impl Into<Cow<'static, str>>, found: String) -> Self {
        Self {
            pointer: String::new(),
            offset,
            expected: expected.into(),
            found,
            variants: Vec::new(),
        }
    }

    /// The same error seen from one level above.
    #[must_use]
    pub fn within(mut self: Box<Self>, segment: &str) -> Box<Self> {
        prepend(&mut self.pointer, segment);
        self
    }
}

impl fmt::Display for Malformed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "expected {}, found {}",
            cut(&self.expected, 200),
            self.found
        )?;
        if !self.pointer.is_empty() {
            write!(f, " at {}", self.pointer)?;
        }
        write!(f, " (byte {})", self.offset)?;
        for (position, misfit) in self.variants.iter().take(VARIANTS).enumerate() {
            write!(f, "{} {misfit}", if position == 0 { ":" } else { ";" })?;
        }
        match self.variants.len().saturating_sub(VARIANTS) {
            0 => Ok(()),
            more => write!(f, "; and {more} more"),
        }
    }
}

impl std::error::Error for Malformed {}

impl fmt::Display for Misfit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` expected {}", self.variant, cut(&self.expected, 80))?;
        write!(f, ", found {}", self.found)?;
        if !self.pointer.is_empty() {
            write!(f, " at {}", self.pointer)?;
        }
        Ok(())
    }
}

/// A value that has no JSON.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unwritable {
    /// Where in the value, as a JSON pointer (RFC 6901); empty for the whole.
    pub pointer: String,
    /// Why it has none.
    pub reason: &'static str,
}

impl Unwritable {
    /// The same error seen from one level above.
    #[must_use]
    pub fn within(mut self: Box<Self>, segment: &str) -> Box<Self> {
        prepend(&mut self.pointer, segment);
        self
    }
}

impl fmt::Display for Unwritable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.reason)?;
        if !self.pointer.is_empty() {
            write!(f, " at {}", self.pointer)?;
        }
        Ok(())
    }
}

impl std::error::Error for Unwritable {}

/// Puts a segment in front of a pointer.
fn prepend(pointer: &mut String, segment: &str) {
    let escaped = escape(segment);
    pointer.insert_str(0, &escaped);
}

/// Puts a segment after a pointer; most need no escape, and then nothing is allocated for it.
pub(crate) fn append(pointer: &mut String, segment: &str) {
    if segment.len() > ECHO || segment.contains(['~', '/']) {
        pointer.push_str(&escape(segment));
    } else {
        pointer.push('/');
        pointer.push_str(segment);
    }
}

/// A segment of a JSON pointer, its slash before it.
pub(crate) fn escape(segment: &str) -> String {
    format!(
        "/{}",
        cut(segment, ECHO).replace('~', "~0").replace('/', "~1")
    )
}

/// A text as a message shows it: in backquotes, and not all of it if it is long.
pub(crate) fn quote(text: &str) -> String {
    let short = cut(text, ECHO);
    if short.contains(char::is_control) {
        format!("`{}`", short.escape_debug())
    } else {
        format!("`{short}`")
    }
}

/// A text, or its beginning and an ellipsis.
fn cut(text: &str, length: usize) -> Cow<'_, str> {
    if text.len() <= length {
        return Cow::Borrowed(text);
    }
    let mut end = length;
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    Cow::Owned(format!("{}…", &text[..end]))
}
