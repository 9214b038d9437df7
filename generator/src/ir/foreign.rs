//! Types that are not the document's: what the configuration, or `x-rust-type`, puts in the place of a schema.

/// The position of a foreign type in its arena.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct ForeignId(pub(crate) u32);

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Foreign {
    pub(crate) path: Path,
    pub(crate) by: By,
}

/// How its values come from the wire and go to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum By {
    /// `FromStr` and `Display`: it is a string on the wire.
    Text,
    /// `serde::Deserialize` and `serde::Serialize`.
    Serde,
}

/// A path of Rust with the types it is given: `std::ops::Range<u64>`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Path {
    /// It starts with `::`.
    pub(crate) absolute: bool,
    pub(crate) segments: Vec<String>,
    pub(crate) arguments: Vec<Path>,
}

/// How deep types are given to types.
const DEPTH: usize = 8;

impl Path {
    /// The path that a text is, if it is nothing else: names, `::`, and types in `<…>` at its end. It is seen from any module, so it
    /// does not start with `self` or `super`.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let mut rest = text.trim();
        let path = Self::read(&mut rest, DEPTH)?;
        rest.is_empty().then_some(path)
    }

    fn read(rest: &mut &str, depth: usize) -> Option<Self> {
        let absolute = pass(rest, "::");
        let mut segments = vec![name(rest)?];
        while pass(rest, "::") {
            segments.push(name(rest)?);
        }
        let mut arguments = Vec::new();
        if pass(rest, "<") {
            arguments.push(Self::read(rest, depth.checked_sub(1)?)?);
            while pass(rest, ",") {
                arguments.push(Self::read(rest, depth.checked_sub(1)?)?);
            }
            if !pass(rest, ">") {
                return None;
            }
        }
        Some(Self {
            absolute,
            segments,
            arguments,
        })
    }

    /// The crates that it names, that of its arguments too.
    pub(crate) fn crates(&self) -> Vec<&str> {
        let first = self.segments.first().filter(|_| self.segments.len() > 1);
        let inner = self.arguments.iter().flat_map(Self::crates);
        first.map(String::as_str).into_iter().chain(inner).collect()
    }
}

impl std::fmt::Display for Path {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let start = if self.absolute { "::" } else { "" };
        write!(f, "{start}{}", self.segments.join("::"))?;
        for (position, argument) in self.arguments.iter().enumerate() {
            let before = if position == 0 { "<" } else { ", " };
            write!(f, "{before}{argument}")?;
        }
        let end = if self.arguments.is_empty() { "" } else { ">" };
        f.write_str(end)
    }
}

fn pass(rest: &mut &str, sign: &str) -> bool {
    let passed = rest.trim_start().strip_prefix(sign);
    if let Some(after) = passed {
        *rest = after.trim_start();
    }
    passed.is_some()
}

fn name(rest: &mut &str) -> Option<String> {
    let end = rest
        .find(|c: char| !c.is_ascii_alphanumeric() && c != '_')
        .unwrap_or(rest.len());
    let (name, after) = rest.split_at(end);
    let is_name = name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
        && !["_", "self", "Self", "super"].contains(&name);
    *rest = after.trim_start();
    is_name.then(|| name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::Path;

    #[test]
    fn a_path_is_names_and_types_and_nothing_else() {
        for text in [
            "url::Url",
            "::url::Url",
            "crate::Money",
            "u64",
            "std::ops::Range<u64>",
            "a::B<c::D<e::F>, G>",
        ] {
            let path = Path::parse(text).map(|path| path.to_string());
            assert_eq!(path.as_deref(), Some(text));
        }
        let deep = "a<".repeat(100) + "a" + &">".repeat(100);
        for text in [
            "", "a::", "a<b", "a<>", "a>b", "a()", "a;b", "1a", "super::A", "a b", "&a", "_", &deep,
        ] {
            assert_eq!(Path::parse(text), None, "{text}");
        }
    }
}
