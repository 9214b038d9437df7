//! A module tree of tokens → formatted text, a file a module or one file of items.
//!
//! `cargo fmt` finds nothing to change in what comes out. What nearly all of the output is made of, definitions and calls of our
//! macros, is laid out from its parts; all other code is what `syn` reads and prettyplease prints.

mod call;
mod definition;
mod import;
#[cfg(test)]
mod tests;
mod token;

use crate::emit::module::{Child, Content, Exports, Item, Module, Parts};
use proc_macro2::TokenStream;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

/// The text of one file of the output, and where it goes under the crate's folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct File {
    pub(crate) path: PathBuf,
    pub(crate) text: String,
}

/// Tokens that are not Rust: a fault of `emit`, told instead of a panic.
#[derive(Debug)]
pub(crate) struct Unprintable {
    pub(crate) module: String,
    pub(crate) message: String,
}

/// More threads than this share too little.
const THREADS: usize = 8;

/// The modules of a crate as files under `src`, made on several threads.
pub(crate) fn crate_files(root: &Module<'_>, header: &str) -> Result<Vec<File>, Unprintable> {
    let mut modules = Vec::new();
    collect(root, Path::new("src"), true, &mut modules);
    let next = AtomicUsize::new(0);
    let work = || {
        let mut made = Vec::new();
        while let Some((path, module, root)) = modules.get(next.fetch_add(1, Ordering::Relaxed)) {
            let path = path.clone();
            made.push(file(module, header, *root).map(|text| File { path, text }));
        }
        made
    };
    let threads = thread::available_parallelism().map_or(1, usize::from);
    let threads = threads.min(THREADS).min(modules.len());
    let made: Vec<_> = thread::scope(|scope| {
        let others: Vec<_> = (1..threads)
            .filter_map(|_| thread::Builder::new().spawn_scoped(scope, work).ok())
            .collect();
        let mut made = work();
        for other in others {
            match other.join() {
                Ok(more) => made.extend(more),
                Err(panic) => std::panic::resume_unwind(panic),
            }
        }
        made
    });
    let mut files = made.into_iter().collect::<Result<Vec<File>, _>>()?;
    files.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(files)
}

/// All modules in one file of items, for `include!`: no inner attributes, no feature left to choose.
pub(crate) fn single_file(root: &Module<'_>, header: &str) -> Result<String, Unprintable> {
    let mut out = comment(header);
    nested(root, 0, &mut out)?;
    Ok(out)
}

/// The header as the first line of a file.
pub(crate) fn comment(header: &str) -> String {
    format!("// {header}\n\n")
}

fn collect<'m>(
    module: &'m Module<'m>,
    dir: &Path,
    root: bool,
    out: &mut Vec<(PathBuf, &'m Module<'m>, bool)>,
) {
    let name = module.name.trim_start_matches("r#");
    let inner = if root {
        dir.to_path_buf()
    } else {
        dir.join(name)
    };
    let path = match (root, module.children.is_empty()) {
        (true, _) => dir.join("lib.rs"),
        (false, true) => dir.join(format!("{name}.rs")),
        (false, false) => inner.join("mod.rs"),
    };
    out.push((path, module, root));
    for child in module.children.iter().filter(|child| !child.copied) {
        collect(&child.module, &inner, false, out);
    }
}

/// A text of documentation as comments, which each of its lines is: nothing of it is ever code.
fn comments<'a>(mark: &'a str, text: &'a str) -> impl Iterator<Item = String> + 'a {
    let lines = text.split(['\n', '\r']);
    lines.map(move |line| format!("{mark} {line}").trim_end().to_owned() + "\n")
}

fn file(module: &Module<'_>, header: &str, root: bool) -> Result<String, Unprintable> {
    let mut out = comment(header);
    out.extend(module.docs.iter().flat_map(|text| comments("//!", text)));
    if root {
        out.push_str("#![forbid(unsafe_code)]\n");
        if let Some(limit) = module.recursion_limit {
            out.push_str(&format!("#![recursion_limit = \"{limit}\"]\n"));
        }
    }
    let mut sections = Vec::new();
    let Content {
        imports,
        items: code,
    } = module.content();
    push(&mut sections, import::uses(&imports, 0));
    push(
        &mut sections,
        sorted(&module.children).map(declaration).collect(),
    );
    push(&mut sections, exports(&module.children, true, 0));
    items(code, 0, &module.name, &mut sections)?;
    if !module.docs.is_empty() || root {
        sections.insert(0, String::new());
    }
    out.push_str(&sections.join("\n"));
    Ok(out)
}

/// The items of a module, apart by a blank line; but aliases stand together, and a table stands right below what it is of.
fn items(
    items: Vec<Item>,
    indent: usize,
    place: &str,
    sections: &mut Vec<String>,
) -> Result<(), Unprintable> {
    let (mut before, mut kind) = (String::new(), Kind::Other);
    for item in items {
        let last = std::mem::replace(&mut kind, Kind::of(&item));
        let text = laid_out(item, indent, place)?;
        let together = matches!(
            (last, kind),
            (Kind::Alias, Kind::Alias) | (Kind::Type, Kind::Table)
        );
        if !together {
            push(sections, std::mem::take(&mut before));
        }
        before.push_str(&text);
    }
    push(sections, before);
    Ok(())
}

/// What an item is, as far as the blank lines around it depend on it.
#[derive(Clone, Copy)]
enum Kind {
    /// A struct or an enum.
    Type,
    /// A call of one of our macros.
    Table,
    Alias,
    Other,
}

impl Kind {
    fn of(item: &Item) -> Self {
        match item {
            Item::Call { .. } => Self::Table,
            Item::Definition(definition) => match definition.parts {
                Parts::Type(_) => Self::Alias,
                Parts::Fields(_) | Parts::Variants(_) => Self::Type,
            },
            Item::Code(_) => Self::Other,
        }
    }
}

fn push(sections: &mut Vec<String>, text: String) {
    if !text.is_empty() {
        sections.push(text);
    }
}

fn nested(module: &Module<'_>, indent: usize, out: &mut String) -> Result<(), Unprintable> {
    let mut sections = Vec::new();
    let Content {
        imports,
        items: code,
    } = module.content();
    push(&mut sections, import::uses(&imports, indent));
    push(&mut sections, exports(&module.children, false, indent));
    items(code, indent, &module.name, &mut sections)?;
    for Child {
        module: child,
        public,
        ..
    } in sorted(&module.children).filter(|child| !child.copied)
    {
        let lead = call::spaces(indent);
        let docs: String = child
            .docs
            .iter()
            .flat_map(|text| comments("///", text).map(|line| format!("{lead}{line}")))
            .collect();
        let mut text = format!(
            "{docs}{lead}{}mod {} {{\n",
            if *public { "pub " } else { "" },
            child.name
        );
        nested(child, indent + 4, &mut text)?;
        text.push_str(&lead);
        text.push_str("}\n");
        sections.push(text);
    }
    out.push_str(&sections.join("\n"));
    Ok(())
}

/// Text moved to the right; the lines of a string literal do not occur in what is emitted.
fn indented(text: String, indent: usize) -> String {
    if indent == 0 {
        return text;
    }
    let lead = call::spaces(indent);
    text.lines()
        .map(|line| {
            if line.is_empty() {
                "\n".to_owned()
            } else {
                format!("{lead}{line}\n")
            }
        })
        .collect()
}

fn sorted<'c, 'a>(children: &'c [Child<'a>]) -> impl Iterator<Item = &'c Child<'a>> {
    let mut children: Vec<&Child<'a>> = children.iter().collect();
    children.sort_by(|a, b| import::name_order(&a.module.name, &b.module.name));
    children.into_iter()
}

fn declaration(child: &Child<'_>) -> String {
    let visibility = if child.public { "pub " } else { "" };
    format!("{}{visibility}mod {};\n", gates(child), child.module.name)
}

fn gates(child: &Child<'_>) -> String {
    child
        .features
        .iter()
        .map(|feature| format!("#[cfg(feature = \"{feature}\")]\n"))
        .collect()
}

fn exports(children: &[Child<'_>], gated: bool, indent: usize) -> String {
    let mut out = String::new();
    for child in sorted(children) {
        let path = [child.module.name.clone()];
        let line = match &child.exports {
            Exports::Nothing => continue,
            Exports::All => format!(
                "{}pub use {}::*;\n",
                call::spaces(indent),
                child.module.name
            ),
            Exports::These(names) => {
                let mut names: Vec<&str> = names.iter().map(String::as_str).collect();
                names.sort_by(|a, b| import::name_order(a, b));
                import::use_line("pub use", &path, &names, indent)
            }
        };
        if gated {
            out.push_str(&gates(child));
        }
        out.push_str(&line);
    }
    out
}

fn laid_out(item: Item, indent: usize, place: &str) -> Result<String, Unprintable> {
    Ok(match item {
        Item::Code(tokens) => indented(code(&tokens, place)?, indent),
        Item::Definition(definition) => definition::definition(definition, indent),
        Item::Call { path, body } => call::call(path, body, indent),
    })
}

/// The text of any code; `place` is for the message.
pub(crate) fn code(tokens: &TokenStream, place: &str) -> Result<String, Unprintable> {
    let file = syn::parse2(tokens.clone()).map_err(|error| Unprintable {
        module: place.to_owned(),
        message: format!("{error} in {tokens}"),
    })?;
    Ok(prettyplease::unparse(&file))
}
