//! Words of any text, and words in a Rust case. The only place that names `heck`.

use heck::{ToKebabCase, ToPascalCase, ToSnakeCase};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::rc::Rc;
use unicode_normalization::UnicodeNormalization;
use unicode_security::{GeneralSecurityProfile, skeleton};

/// One word of a name. Many names share it.
pub(super) type Word = Rc<str>;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Case {
    Pascal,
    Snake,
    Kebab,
    /// `OF_A_STATIC`.
    Constant,
}

/// The words of a name: split at separators, at changes of case and after acronyms; symbols that carry meaning are spelled.
/// They are such as rustc takes without a warning.
pub(super) fn words(text: &str) -> Vec<Word> {
    let spelled = if is_plain(text) {
        Cow::Borrowed(text)
    } else {
        Cow::Owned(spelled(&composed(text)))
    };
    let mut words: Vec<Word> = Vec::new();
    for part in spelled
        .split(|c: char| !is_word(c))
        .filter(|part| !part.is_empty())
    {
        // `OAuth2` and `IPv4` are single words to their readers.
        humps(&latin(part), &mut words);
    }
    if words.is_empty() {
        vec!["empty".into()]
    } else {
        words
    }
}

/// Whether a text has nothing to spell, as nearly all names have not.
fn is_plain(text: &str) -> bool {
    text.contains(|c: char| c.is_ascii_alphanumeric())
        && text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b' ')
}

/// Words in letters of ASCII, as names of files and of features have them: accents are left out, and what has no such letter.
pub(super) fn ascii(words: &[Word]) -> Vec<Word> {
    let plain = words
        .iter()
        .map(|word| word.nfd().filter(char::is_ascii).collect::<String>());
    let plain = plain.filter(|word| !word.is_empty());
    let plain: Vec<Word> = plain.map(Word::from).collect();
    if plain.is_empty() {
        vec!["tag".into()]
    } else {
        plain
    }
}

/// The text in the one form that Rust wants of identifiers (NFKC): wide and raised letters are plain ones, ligatures two
/// letters. Two signs are told first from the letters that they would become.
fn composed(text: &str) -> Cow<'_, str> {
    if text.is_ascii() {
        return Cow::Borrowed(text);
    }
    let text = text
        .replace('\u{b5}', " micro ")
        .replace('\u{2126}', " ohm ");
    Cow::Owned(text.nfkc().collect())
}

/// A part that looks like one in letters of ASCII, in these: two names that look alike are one name, as readers see them.
fn latin(part: &str) -> Cow<'_, str> {
    if part.is_ascii() {
        return Cow::Borrowed(part);
    }
    let mut out = String::with_capacity(part.len());
    for c in part.chars() {
        if c.is_ascii() {
            out.push(c);
        } else {
            out.extend(skeleton(c.encode_utf8(&mut [0; 4])));
        }
    }
    let is_plain = out.bytes().all(|byte| byte.is_ascii_alphanumeric());
    Cow::from(if is_plain { out } else { part.to_owned() })
}

/// Signs that would vanish and leave two names alike: `+1` and `-1`, `<` and `<=`.
fn spelled(text: &str) -> String {
    const SIGNS: &[(char, &str)] = &[
        ('!', "not"),
        ('#', "hash"),
        ('$', "dollar"),
        ('%', "percent"),
        ('&', "and"),
        ('*', "star"),
        ('+', "plus"),
        ('<', "less"),
        ('=', "equal"),
        ('>', "greater"),
        ('@', "at"),
        ('|', "or"),
        ('~', "tilde"),
    ];
    let has_words = text.chars().any(is_word);
    let mut out = String::with_capacity(text.len());
    for (index, c) in text.char_indices() {
        let first = index == 0;
        let rest = &text[index + c.len_utf8()..];
        let is_in_greek = text[..index].chars().next_back().is_some_and(is_greek)
            || rest.chars().next().is_some_and(is_greek);
        if let Some(name) = greek_letter(c).filter(|_| !is_in_greek) {
            out.push(' ');
            out.push_str(name);
            out.push(' ');
            continue;
        }
        let number_follows = rest.starts_with(|next: char| next.is_ascii_digit());
        match SIGNS.iter().find(|(sign, _)| *sign == c) {
            Some((_, word))
                if !has_words || first && c != '$' && c != '@' && c != '#' || c == '+' =>
            {
                out.push(' ');
                out.push_str(word);
                out.push(' ');
            }
            _ if c == '-' && (first && number_follows || !has_words) => out.push_str(" minus "),
            _ if !has_words && !c.is_whitespace() => out.push_str(sign_name(c)),
            _ => out.push(c),
        }
    }
    out
}

/// Whether a character is one of an identifier's words: others vanish, or rustc warns of them (UTS 39, "Identifier Status").
fn is_word(c: char) -> bool {
    c.is_ascii_alphanumeric()
        || c.is_alphanumeric() && unicode_ident::is_xid_continue(c) && c.identifier_allowed()
}

fn is_greek(c: char) -> bool {
    matches!(c, '\u{370}'..='\u{3ff}' | '\u{1f00}'..='\u{1fff}')
}

/// A Greek letter that stands in no Greek word is a sign, `µs` or `Δt`, and as an identifier looks like a Latin letter,
/// which rustc warns of: it is spelled.
fn greek_letter(c: char) -> Option<&'static str> {
    const NAMES: [&str; 25] = [
        "alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta", "iota", "kappa",
        "lambda", "mu", "nu", "xi", "omicron", "pi", "rho", "sigma", "sigma", "tau", "upsilon",
        "phi", "chi", "psi", "omega",
    ];
    let first = match c {
        'Α'..='Ω' => 'Α',
        'α'..='ω' => 'α',
        _ => return None,
    };
    let position = u32::from(c) - u32::from(first);
    NAMES.get(position as usize).copied()
}

fn sign_name(c: char) -> &'static str {
    match c {
        '.' => " dot ",
        '/' => " slash ",
        ':' => " colon ",
        ',' => " comma ",
        ';' => " semicolon ",
        '?' => " question ",
        '_' => " underscore ",
        '^' => " caret ",
        '(' => " open ",
        ')' => " close ",
        _ => " sign ",
    }
}

/// `someHTTPServer2` → `some`, `HTTP`, `Server2`.
fn humps(part: &str, words: &mut Vec<Word>) {
    if !part.contains(char::is_uppercase) {
        return words.push(part.into());
    }
    let chars: Vec<char> = part.chars().collect();
    let mut word = String::new();
    for (index, &c) in chars.iter().enumerate() {
        let before = index.checked_sub(1).map(|before| chars[before]);
        let after = chars.get(index + 1);
        let starts = c.is_uppercase()
            && before.is_some_and(|before| {
                before.is_lowercase()
                    || before.is_numeric()
                    || before.is_uppercase()
                        && after.is_some_and(|after| {
                            after.is_lowercase() && !is_small_plural(&chars, index + 1)
                        })
            });
        // A single capital before an acronym belongs to it: `OAuth`, `IPv4`.
        if starts && !word.is_empty() {
            words.push(std::mem::take(&mut word).into());
        }
        word.push(c);
    }
    if !word.is_empty() {
        words.push(word.into());
    }
}

/// `IDs`, `IPv4`: small letters that end an acronym rather than begin a word.
fn is_small_plural(chars: &[char], at: usize) -> bool {
    let ends = chars.get(at + 1).is_none_or(|next| !next.is_lowercase());
    matches!(chars.get(at), Some('s' | 'v')) && ends
}

/// What tells texts apart that differ in case alone.
pub(super) fn case_words(text: &str) -> Vec<Word> {
    let upper = text.chars().any(char::is_uppercase);
    let lower = text.chars().any(char::is_lowercase);
    let word = match (upper, lower) {
        (true, false) => "upper",
        (false, true) => "lower",
        _ => "mixed",
    };
    vec![word.into()]
}

/// Words in a case, without regard to whether the result is an identifier.
pub(super) fn cased(words: &[Word], case: Case) -> String {
    let mut joined = String::with_capacity(words.iter().map(|word| word.len() + 1).sum());
    for (position, word) in words.iter().enumerate() {
        if position > 0 {
            joined.push('_');
        }
        if word.is_ascii() {
            joined.push_str(word);
        } else {
            joined.push_str(&word.to_lowercase());
        }
    }
    joined.make_ascii_lowercase();
    match case {
        Case::Pascal => joined.to_pascal_case(),
        Case::Snake => snake(&joined),
        Case::Kebab => joined.to_kebab_case(),
        Case::Constant => snake(&joined).to_uppercase(),
    }
}

fn snake(joined: &str) -> String {
    joined.to_snake_case()
}

/// The same for many names of one case, in which words come again and again.
#[derive(Default)]
pub(super) struct Casing {
    pascal: BTreeMap<Word, String>,
}

fn is_digit(c: char) -> bool {
    c.is_ascii_digit()
}

impl Casing {
    pub(super) fn cased(&mut self, words: &[Word], case: Case) -> String {
        if case != Case::Pascal {
            return cased(words, case);
        }
        let mut name = String::with_capacity(words.iter().map(|word| word.len()).sum());
        for word in words {
            // `Version1_2`: two numbers side by side would read as another one.
            if name.ends_with(is_digit) && word.starts_with(is_digit) {
                name.push('_');
            }
            if let Some(known) = self.pascal.get(word) {
                name.push_str(known);
            } else {
                let new = cased(std::slice::from_ref(word), case);
                name.push_str(&new);
                self.pascal.insert(Word::clone(word), new);
            }
        }
        name
    }
}
