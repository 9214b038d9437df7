//! Where references lead, and where they may not.

use super::{Limits, NodeId, Reach, Tree, load};
use crate::diagnostic::Diagnostics;
use std::path::{Path, PathBuf};

/// A folder of files that goes when the test ends.
pub(super) struct Folder(pub(super) PathBuf);

impl Folder {
    pub(super) fn new(name: &str, files: &[(&str, &str)]) -> Self {
        let folder = std::env::temp_dir().join(format!("oasmith-{name}-{}", std::process::id()));
        for (path, text) in files {
            let path = folder.join(path);
            std::fs::create_dir_all(path.parent().expect("a folder")).expect("it is made");
            std::fs::write(path, text).expect("it is written");
        }
        Self(folder)
    }

    fn load(&self, path: &str, reach: &Reach) -> Tree {
        let mut diagnostics = Diagnostics::default();
        let path = self.0.join(path);
        let (_, tree) = load(&path, reach, &Limits::default(), &mut diagnostics);
        assert!(diagnostics.is_empty(), "{diagnostics:?}");
        tree.expect("the document is read")
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// What the reference at a pointer leads to: the pointer there, or the code of the fault.
fn led(tree: &Tree, from: NodeId, pointer: &str) -> String {
    let at = tree.resolve(from, pointer).expect("the reference is there");
    let to = tree.str(at).expect("a reference is a string");
    match tree.resolve(at, to) {
        Ok(node) => tree.json(node).to_string(),
        Err(error) => tree
            .unresolved(at, to, &error)
            .map_or("", |fault| fault.code.id)
            .to_owned(),
    }
}

#[test]
fn references_reach_files_of_the_folder_and_no_others() {
    let folder = Folder::new(
        "reach",
        &[
            ("secret.yaml", "a: 1"),
            (
                "shared/common.yaml",
                "X: {$ref: '../api/parts/owner.yaml#/Owner'}",
            ),
            ("api/parts/pet.yaml", "Pet: {$ref: 'owner.yaml#/Owner'}"),
            (
                "api/parts/owner.yaml",
                "Owner: {list: [1, {back: {$ref: '../openapi.yaml#/x'}}]}",
            ),
            ("api/a b/ü.yaml", "a/b: {c~d: 7}"),
            (
                "api/openapi.yaml",
                "a: {$ref: 'parts/pet.yaml#/Pet'}\nb: {$ref: '../secret.yaml'}\nc: {$ref: 'parts/none.yaml'}\n\
                 d: {$ref: 'https://example.com/x.yaml'}\ne: {$ref: './parts/../parts/owner.yaml#/Owner/list/1'}\n\
                 f: {$ref: 'a%20b/%C3%BC.yaml#/a~1b/c~0d'}\ng: {$ref: '../shared/common.yaml#/X'}\nx: 1\n\
                 h: {$ref: '../../../../../../../../../etc/passwd'}\ni: {$ref: 'file:///etc/passwd'}\n\
                 j: {$ref: 'parts/owner.yaml#/Owner/list/2'}\nexample: {$ref: 'ignored.yaml'}\n",
            ),
        ],
    );
    let check = |reach: &Reach, expected: &[(&str, &str)]| {
        let tree = folder.load("api/openapi.yaml", reach);
        for (key, leads) in expected {
            assert_eq!(
                led(&tree, tree.root(), &format!("#/{key}/$ref")),
                *leads,
                "{key}"
            );
        }
        tree
    };
    let tree = check(
        &Reach::default(),
        &[
            ("a", r#"{"$ref":"owner.yaml#/Owner"}"#),
            ("b", "escaping-reference"),
            ("c", "unresolved-reference"),
            ("d", "remote-reference"),
            ("e", r#"{"back":{"$ref":"../openapi.yaml#/x"}}"#),
            ("f", "7"),
            ("g", "escaping-reference"),
            ("h", "escaping-reference"),
            ("i", "escaping-reference"),
            ("j", "unresolved-reference"),
        ],
    );
    let owner = tree
        .resolve(tree.root(), "parts/owner.yaml")
        .expect("it was read");
    assert_eq!(led(&tree, owner, "#/Owner/list/1/back/$ref"), "1");
    let allowed = Reach {
        folders: vec![folder.0.join("shared")],
        ..Reach::default()
    };
    check(
        &allowed,
        &[
            ("b", "escaping-reference"),
            ("g", r#"{"$ref":"../api/parts/owner.yaml#/Owner"}"#),
        ],
    );
}

#[cfg(unix)]
#[test]
fn a_link_counts_as_what_it_leads_to() {
    let folder = Folder::new(
        "link",
        &[
            ("secret/key.yaml", "a: 1"),
            ("api/real.yaml", "b: 2"),
            (
                "api/openapi.yaml",
                "a: {$ref: 'link.yaml'}\nb: {$ref: 'folder/key.yaml'}\nc: {$ref: 'inner.yaml'}\n",
            ),
        ],
    );
    for (link, to) in [
        ("link.yaml", "secret/key.yaml"),
        ("folder", "secret"),
        ("inner.yaml", "api/real.yaml"),
    ] {
        std::os::unix::fs::symlink(folder.0.join(to), folder.0.join("api").join(link))
            .expect("a link");
    }
    let tree = folder.load("api/openapi.yaml", &Reach::default());
    assert_eq!(led(&tree, tree.root(), "#/a/$ref"), "escaping-reference");
    assert_eq!(led(&tree, tree.root(), "#/b/$ref"), "escaping-reference");
    assert_eq!(led(&tree, tree.root(), "#/c/$ref"), r#"{"b":2}"#);
}

#[test]
fn a_url_leads_to_its_copy() {
    let folder = Folder::new(
        "copy",
        &[
            (
                "copies/one.yaml",
                "a: {$ref: 'folder/two.yaml'}\nb: {$ref: 'three.yaml'}\n",
            ),
            ("copies/tree/two.yaml", "two: 2"),
            ("copies/three.yaml", "three: 3"),
            ("secret.yaml", "secret: 1"),
            (
                "api/openapi.yaml",
                "a: {$ref: 'https://example.com/x/one.yaml#/a'}\nb: {$ref: 'https://example.com/x/folder/two.yaml'}\n\
                 c: {$ref: 'https://example.com/x/folder/%2e%2e/%2e%2e/secret.yaml'}\nd: {$ref: 'https://example.com/y'}\n",
            ),
        ],
    );
    let copy = |url: &str, path: &str| (url.to_owned(), folder.0.join(path));
    let reach = Reach {
        copies: vec![
            copy("https://example.com/x/one.yaml", "copies/one.yaml"),
            copy("https://example.com/x/folder/", "copies/tree"),
        ],
        folders: vec![folder.0.join("copies")],
        ..Reach::default()
    };
    let tree = folder.load("api/openapi.yaml", &reach);
    let root = tree.root();
    assert_eq!(
        led(&tree, root, "#/a/$ref"),
        r#"{"$ref":"folder/two.yaml"}"#
    );
    assert_eq!(led(&tree, root, "#/b/$ref"), r#"{"two":2}"#);
    assert_eq!(led(&tree, root, "#/c/$ref"), "escaping-reference");
    assert_eq!(led(&tree, root, "#/d/$ref"), "remote-reference");
    // References in a copy are taken from its URL; what has no copy of its own may still stand beside it.
    let one = tree
        .resolve(root, "https://example.com/x/one.yaml")
        .expect("it was read");
    assert_eq!(led(&tree, one, "#/a/$ref"), r#"{"two":2}"#);
    assert_eq!(led(&tree, one, "#/b/$ref"), r#"{"three":3}"#);
}

#[test]
fn ids_and_anchors_are_addresses() {
    let folder = Folder::new(
        "ids",
        &[
            ("openapi.yaml", "\
openapi: 3.2.0
$self: https://example.com/api/openapi
self: {$ref: 'https://example.com/api/openapi#/x'}
near: {$ref: 'near.yaml'}
x: 1
a:
  $defs:
    inner: {$id: inner, $anchor: here, to: {$ref: '#here'}, up: {$ref: 'outer#/$defs/plain'}, doc: {$ref: '#/x'}}
    plain: {$anchor: here, no: 0, to: {$ref: '#here'}}
    old: {$id: '#old', type: string}
  $id: https://example.com/schemas/outer
  by_id: {$ref: inner}
  by_whole_id: {$ref: 'https://example.com/schemas/inner#here'}
  by_anchor: {$ref: '#old'}
  none: {$ref: '#nowhere'}
b: {$ref: '#here'}
const: {$id: https://example.com/schemas/literal}
c: {$ref: https://example.com/schemas/literal}
"),
            ("near.yaml", "near: 1"),
        ],
    );
    let tree = folder.load("openapi.yaml", &Reach::default());
    let led = |pointer: &str| led(&tree, tree.root(), pointer);
    assert_eq!(led("#/self/$ref"), "1");
    assert_eq!(led("#/near/$ref"), r#"{"near":1}"#);
    let inner = led("#/a/by_id/$ref");
    assert!(inner.starts_with(r#"{"$id":"inner""#), "{inner}");
    assert_eq!(led("#/a/by_whole_id/$ref"), inner);
    assert_eq!(led("#/a/$defs/inner/to/$ref"), inner);
    let plain = led("#/a/$defs/plain/to/$ref");
    assert!(plain.contains("\"no\""), "{plain}");
    assert_eq!(led("#/a/$defs/inner/up/$ref"), plain);
    // Not by the letter: the resource has no `/x`, and the document is what is meant.
    assert_eq!(led("#/a/$defs/inner/doc/$ref"), "1");
    assert!(led("#/a/by_anchor/$ref").contains("#old"));
    assert_eq!(led("#/a/none/$ref"), "unresolved-reference");
    assert_eq!(led("#/b/$ref"), "unresolved-reference");
    assert_eq!(led("#/c/$ref"), "remote-reference");
}

#[test]
fn before_3_1_an_id_is_a_word_like_any_other() {
    let files = [(
        "openapi.yaml",
        "openapi: 3.0.3\nx: 1\na: {$id: https://example.com/a, x: 2, b: {$ref: '#/x'}}\n",
    )];
    let folder = Folder::new("no-ids", &files);
    let tree = folder.load("openapi.yaml", &Reach::default());
    assert_eq!(led(&tree, tree.root(), "#/a/b/$ref"), "1");
}

#[test]
fn mappings_and_operation_references_reach_files_too() {
    let files = [
        (
            "openapi.yaml",
            "mapping: {cat: cat.yaml, dog: Dog, cow: './cow.yaml#/Cow'}\noperationRef: 'other.yaml#/a'\n",
        ),
        ("cat.yaml", "cat: 1"),
        ("other.yaml", "a: 2"),
        ("cow.yaml", "Cow: 3"),
    ];
    let folder = Folder::new("mapping", &files);
    let tree = folder.load("openapi.yaml", &Reach::default());
    let json = |to: &str| {
        tree.resolve(tree.root(), to)
            .map(|node| tree.json(node).to_string())
    };
    assert_eq!(json("cat.yaml").as_deref(), Ok(r#"{"cat":1}"#));
    assert_eq!(json("cow.yaml#/Cow").as_deref(), Ok("3"));
    assert_eq!(json("other.yaml#/a").as_deref(), Ok("2"));
    assert!(Path::new("Dog").extension().is_none() && json("Dog").is_err());
}
