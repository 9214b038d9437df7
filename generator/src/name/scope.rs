//! One scope of names: candidates in, names out, none twice.

use super::keyword;
use super::word::{Case, Casing, Word, words};
use crate::source::NodeId;
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

/// Bytes of a name. rustdoc writes a file for each item, and names of files have at most 255, of which its own `struct.` and
/// `.html` and an ending like `Response` are some.
const LONGEST: usize = 180;

/// A part that wants a name.
pub(super) struct Candidate {
    pub(super) at: NodeId,
    /// The name that the document or the configuration gives it.
    pub(super) pinned: Option<String>,
    /// Lower ranks choose first.
    pub(super) rank: u8,
    /// Its words, then its words with more and more meaning added.
    pub(super) meanings: Vec<Vec<Word>>,
}

/// What candidates are called.
pub(super) struct Assigned {
    pub(super) names: Vec<String>,
    /// What had to be numbered.
    pub(super) numbered: Vec<(NodeId, String)>,
    /// Positions of those whose plain name another one wanted or had.
    pub(super) contested: BTreeSet<usize>,
}

pub(super) struct Scope {
    case: Case,
    casing: Casing,
    /// The [`key`]s of names.
    taken: BTreeSet<String>,
    suffixes: &'static [&'static str],
    /// The names that candidates have had, by position.
    locked: Vec<Option<String>>,
    /// The number that the next of a name gets.
    next: BTreeMap<String, usize>,
}

impl Scope {
    /// A scope in which some names are taken from the start.
    pub(super) fn new(case: Case, reserved: &[&str]) -> Self {
        Self {
            case,
            casing: Casing::default(),
            taken: reserved.iter().map(|name| key(name)).collect(),
            suffixes: &[],
            locked: Vec::new(),
            next: BTreeMap::new(),
        }
    }

    /// Names that another scope has given, which this one must not give again.
    pub(super) fn beside(mut self, names: &[String]) -> Self {
        self.taken.extend(names.iter().map(|name| key(name)));
        self
    }

    /// Names that must be free with these endings too.
    pub(super) fn with_suffixes(mut self, suffixes: &'static [&'static str]) -> Self {
        self.suffixes = suffixes;
        self
    }

    /// The names that the candidates have had: they keep them, unless somebody has chosen otherwise.
    pub(super) fn locked(mut self, names: Vec<Option<String>>) -> Self {
        self.locked = names;
        self
    }

    /// Gives every candidate a name, in their order; second, what had to be numbered.
    pub(super) fn assign(self, candidates: Vec<Candidate>) -> (Vec<String>, Vec<(NodeId, String)>) {
        let assigned = self.assign_all(candidates);
        (assigned.names, assigned.numbered)
    }

    /// The same, and which candidates others contested the plain name of.
    pub(super) fn assign_all(mut self, candidates: Vec<Candidate>) -> Assigned {
        let mut names: Vec<Option<String>> = vec![None; candidates.len()];
        let (mut numbered, mut refused) = (Vec::new(), Vec::new());
        for (position, candidate) in candidates.iter().enumerate() {
            if let Some(pinned) = &candidate.pinned {
                let name = self.verbatim(pinned);
                if self.take(&name) {
                    names[position] = Some(name);
                } else {
                    refused.push(position);
                }
            }
        }
        let mut contested: BTreeSet<usize> = refused.iter().copied().collect();
        for (position, locked) in std::mem::take(&mut self.locked).iter().enumerate() {
            let open = locked.as_ref().filter(|_| names[position].is_none());
            if let Some(name) = open.map(|locked| self.verbatim(locked)) {
                contested.insert(position);
                if self.take(&name) {
                    names[position] = Some(name);
                }
            }
        }
        let mut ranks: Vec<u8> = candidates.iter().map(|candidate| candidate.rank).collect();
        ranks.sort_unstable();
        ranks.dedup();
        for rank in ranks {
            let open: Vec<usize> = (0..candidates.len())
                .filter(|position| candidates[*position].rank == rank && names[*position].is_none())
                .collect();
            self.rank(&candidates, open, &mut names, &mut numbered, &mut contested);
        }
        let names: Vec<String> = names.into_iter().map(Option::unwrap_or_default).collect();
        let refused = refused.into_iter();
        numbered.extend(refused.map(|at: usize| (candidates[at].at, names[at].clone())));
        numbered.dedup();
        Assigned {
            names,
            numbered,
            contested,
        }
    }

    /// All that want one name get more meaning together, so that none of them owes its name to its place.
    fn rank(
        &mut self,
        candidates: &[Candidate],
        mut open: Vec<usize>,
        names: &mut [Option<String>],
        numbered: &mut Vec<(NodeId, String)>,
        contested: &mut BTreeSet<usize>,
    ) {
        let most = open
            .iter()
            .map(|position| candidates[*position].meanings.len())
            .max()
            .unwrap_or(0);
        for level in 0..most {
            let claims = open.into_iter().map(|position| {
                let meanings = &candidates[position].meanings;
                let name = self.legal(&meanings[level.min(meanings.len() - 1)]);
                (key(&name), position, name)
            });
            let mut claims: Vec<(String, usize, String)> = claims.collect();
            claims.sort_unstable();
            open = Vec::new();
            for claims in claims.chunk_by_mut(|(one, ..), (other, ..)| one == other) {
                match claims {
                    [(_, position, name)] if self.take(name) => {
                        names[*position] = Some(std::mem::take(name));
                    }
                    _ => open.extend(claims.iter().map(|(_, position, _)| *position)),
                }
            }
            open.sort_unstable();
            contested.extend(&open);
        }
        for position in open {
            let name = self.numbered(&candidates[position].meanings[0]);
            numbered.push((candidates[position].at, name.clone()));
            names[position] = Some(name);
        }
    }

    fn numbered(&mut self, words: &[Word]) -> String {
        let plain = self.legal(words);
        if self.take(&plain) {
            return plain;
        }
        let plain = key(&plain);
        let mut number = self.next.get(&plain).copied().unwrap_or(2);
        loop {
            let number_word = Word::from(number.to_string());
            let more: Vec<Word> = words.iter().cloned().chain([number_word]).collect();
            let name = self.legal(&more);
            number += 1;
            if self.take(&name) {
                self.next.insert(plain, number);
                return name;
            }
        }
    }

    fn take(&mut self, name: &str) -> bool {
        let keys: Vec<String> = self
            .suffixes
            .iter()
            .map(|suffix| key(&format!("{name}{suffix}")))
            .chain([key(name)])
            .collect();
        if keys.iter().any(|key| self.taken.contains(key)) {
            return false;
        }
        self.taken.extend(keys);
        true
    }

    /// A name that somebody chose, as it stands if it is one in the case of the scope.
    fn verbatim(&mut self, name: &str) -> String {
        let is_word = |c: char| unicode_ident::is_xid_continue(c);
        let starts = name.starts_with(|c: char| unicode_ident::is_xid_start(c));
        let in_case = match self.case {
            Case::Pascal => name.starts_with(char::is_uppercase) && !name.contains('_'),
            Case::Snake => !name.contains(char::is_uppercase),
            Case::Constant => !name.contains(char::is_lowercase),
            Case::Kebab => false,
        };
        if starts && in_case && name.chars().all(is_word) {
            keyword::identifier(name.to_owned())
        } else {
            self.legal(&words(name))
        }
    }

    fn legal(&mut self, words: &[Word]) -> String {
        legal(words, self.case, &mut self.casing)
    }
}

/// The words as an identifier (a feature's name in kebab case needs not be one).
pub(super) fn legal(words: &[Word], case: Case, casing: &mut Casing) -> String {
    let name = casing.cased(&shortened(words), case);
    let starts = name.starts_with(unicode_ident::is_xid_start);
    let name = if !starts {
        match case {
            Case::Pascal => format!("N{name}"),
            Case::Snake => format!("n_{name}"),
            Case::Kebab => format!("n-{name}"),
            Case::Constant => format!("N_{name}"),
        }
    } else {
        name
    };
    if case == Case::Kebab {
        keyword::feature(&name)
    } else {
        keyword::identifier(name)
    }
}

/// Words without the middle of what is too long: the first say what it is about, the last tell it apart.
fn shortened(words: &[Word]) -> Cow<'_, [Word]> {
    let length = |word: &Word| word.len() + 1;
    if words.iter().map(length).sum::<usize>() <= LONGEST {
        return Cow::Borrowed(words);
    }
    let fitting = |words: &mut dyn Iterator<Item = &Word>| {
        let mut room = LONGEST / 2;
        let fit = words.take_while(|word| {
            let fits = length(word) <= room;
            room = room.saturating_sub(length(word));
            fits
        });
        fit.count().max(1)
    };
    let head = fitting(&mut words.iter());
    let tail = fitting(&mut words[head..].iter().rev()).min(words.len() - head);
    let ends = words[..head].iter().chain(&words[words.len() - tail..]);
    let cut = |word: &Word| Word::from(word.chars().take(LONGEST / 4).collect::<String>());
    Cow::Owned(ends.map(cut).collect())
}

/// What two names of a scope must not share.
pub(super) fn key(name: &str) -> String {
    let name = name.strip_prefix("r#").unwrap_or(name);
    if name.is_ascii() {
        let mut key = name.to_ascii_lowercase();
        if !key.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
            key.retain(|c| c.is_ascii_alphanumeric());
        }
        return key;
    }
    name.chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}
