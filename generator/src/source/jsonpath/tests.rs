use super::{Fault, Query};
use crate::diagnostic::Diagnostics;
use crate::source::{Limits, load_text};

const STORE: &str = r#"{"store": {"book": [
    {"category": "reference", "author": "Nigel Rees", "title": "Sayings", "price": 8.95},
    {"category": "fiction", "author": "Evelyn Waugh", "title": "Sword", "price": 12.99},
    {"category": "fiction", "author": "Herman Melville", "title": "Moby Dick", "isbn": "0-553-21311-3", "price": 8.99},
    {"category": "fiction", "author": "J. R. R. Tolkien", "title": "Rings", "isbn": "0-395-19395-8", "price": 22.99}],
    "bicycle": {"color": "red", "price": 399}},
  "x-a": {"list": ["paged", "b", 1, 1.0, null, true, {"k": [1]}], "/p": {"get": {"x-t": ["paged"]}}},
  "ü": "ß", "it's": "\"", "e": {}}"#;

/// The pointers of what a query selects.
fn selected(query: &str) -> Vec<String> {
    let mut diagnostics = Diagnostics::default();
    let (_, tree) = load_text(
        "a.json",
        STORE.to_owned(),
        &Limits::default(),
        &mut diagnostics,
    );
    let tree = tree.expect("it is JSON");
    let query = Query::parse(query).unwrap_or_else(|fault| panic!("{query}: {fault:?}"));
    let nodes = query.select(&tree, tree.root()).expect("it is small");
    nodes.into_iter().map(|node| tree.pointer(node)).collect()
}

#[test]
fn queries_select_what_rfc_9535_says() {
    let book = "#/store/book";
    for (query, expected) in [
        ("$", vec!["#".to_owned()]),
        (
            "$.store.book[*].author",
            (0..4).map(|at| format!("{book}/{at}/author")).collect(),
        ),
        (
            "$..author",
            (0..4).map(|at| format!("{book}/{at}/author")).collect(),
        ),
        (
            "$.store.*",
            vec![book.to_owned(), "#/store/bicycle".to_owned()],
        ),
        (
            "$.store..price",
            (0..4)
                .map(|at| format!("{book}/{at}/price"))
                .chain(["#/store/bicycle/price".to_owned()])
                .collect(),
        ),
        ("$..book[2].author", vec![format!("{book}/2/author")]),
        ("$..book[2].publisher", vec![]),
        ("$..book[-1]", vec![format!("{book}/3")]),
        ("$..book[-5]", vec![]),
        (
            "$..book[0,1]",
            vec![format!("{book}/0"), format!("{book}/1")],
        ),
        (
            "$..book[:2]",
            vec![format!("{book}/0"), format!("{book}/1")],
        ),
        (
            "$..book[1:3]",
            vec![format!("{book}/1"), format!("{book}/2")],
        ),
        (
            "$..book[::-2]",
            vec![format!("{book}/3"), format!("{book}/1")],
        ),
        (
            "$..book[3:0:-1]",
            (1..4).rev().map(|at| format!("{book}/{at}")).collect(),
        ),
        ("$..book[::0]", vec![]),
        (
            "$..book[?@.isbn]",
            vec![format!("{book}/2"), format!("{book}/3")],
        ),
        (
            "$..book[?@.price<10].title",
            vec![format!("{book}/0/title"), format!("{book}/2/title")],
        ),
        (
            "$..book[?(@.price >= 12.99 && !@.isbn)]",
            vec![format!("{book}/1")],
        ),
        (
            "$..book[?@.category=='reference'||@.price==22.99]",
            vec![format!("{book}/0"), format!("{book}/3")],
        ),
        (
            "$..book[?!(@.price<10)]",
            vec![format!("{book}/1"), format!("{book}/3")],
        ),
        (
            "$.store.book[?@.price == $.store.book[0].price]",
            vec![format!("{book}/0")],
        ),
        ("$..book[?length(@.author)==10]", vec![format!("{book}/0")]),
        ("$.store[?count(@.*)==4]", vec![book.to_owned()]),
        (
            "$..book[?match(@.author, 'J.*')]",
            vec![format!("{book}/3")],
        ),
        (
            "$..book[?search(@.author, \"e[er]s?$\")]",
            vec![format!("{book}/0")],
        ),
        ("$..book[?match(@.author, 'e')]", vec![]),
        ("$..book[?match(@.author, '(')]", vec![]),
        (
            "$.store[?value(@..color)=='red']",
            vec!["#/store/bicycle".to_owned()],
        ),
        (
            "$['x-a'].list[?@==1]",
            vec!["#/x-a/list/2".to_owned(), "#/x-a/list/3".to_owned()],
        ),
        ("$['x-a'].list[?@==null]", vec!["#/x-a/list/4".to_owned()]),
        ("$['x-a'].list[?@==true]", vec!["#/x-a/list/5".to_owned()]),
        (
            "$['x-a'].list[?@.none==@.nothing]",
            (0..7).map(|at| format!("#/x-a/list/{at}")).collect(),
        ),
        (
            "$['x-a'].list[?@=='b', ?@=='paged']",
            vec!["#/x-a/list/1".to_owned(), "#/x-a/list/0".to_owned()],
        ),
        (
            "$['x-a'].list[?@ == $['x-a'].list[6]]",
            vec!["#/x-a/list/6".to_owned()],
        ),
        ("$[ 'x-a' ] ['/p'].get", vec!["#/x-a/~1p/get".to_owned()]),
        // Not RFC 9535, and what overlays are full of.
        ("$.x-a.*.get[?(@ == 'paged')]", vec![]),
        (
            "$.x-a['/p'][?@.x-t[?(@ == 'paged')]]",
            vec!["#/x-a/~1p/get".to_owned()],
        ),
        ("$['\\u00fc']", vec!["#/ü".to_owned()]),
        ("$.ü", vec!["#/ü".to_owned()]),
        ("$['it\\'s']", vec!["#/it's".to_owned()]),
        ("$[\"it's\"]", vec!["#/it's".to_owned()]),
        ("$.e[*]", vec![]),
        ("$.e.*", vec![]),
    ] {
        assert_eq!(selected(query), expected, "{query}");
    }
}

#[test]
fn what_is_no_query_is_told_where() {
    for (query, at) in [
        ("", 0),
        ("store", 0),
        ("$.", 2),
        ("$.1", 2),
        ("$store", 1),
        ("$[", 2),
        ("$['a", 4),
        ("$['a'", 5),
        ("$[01]", 2),
        ("$[?@.a==]", 8),
        ("$[?@.*==1]", 3),
        ("$[?1]", 4),
        ("$[?!@.a==1]", 10),
        ("$[?count(@.a, 1)]", 12),
        ("$[?unknown(@)]", 3),
        ("$['\\x']", 3),
        ("$.a ", 3),
        ("$.paths./pets", 8),
    ] {
        assert_eq!(
            Query::parse(query).map_err(|Fault { at, .. }| at),
            Err(at),
            "{query}"
        );
    }
    let deep = format!("$[?{}@.a{}]", "(".repeat(10_000), ")".repeat(10_000));
    assert!(Query::parse(&deep).is_err());
    let deep = format!("$[?{}@.a{}", "@[?".repeat(10_000), "]".repeat(10_001));
    assert!(Query::parse(&deep).is_err());
}

#[test]
fn a_query_does_not_run_for_ever() {
    let text = format!("{}{}", "[".repeat(1_000), "]".repeat(1_000));
    let mut diagnostics = Diagnostics::default();
    let (_, tree) = load_text("a.json", text, &Limits::default(), &mut diagnostics);
    let tree = tree.expect("it is JSON");
    let query = Query::parse(&format!("${}", "..*".repeat(50))).expect("a query");
    assert!(query.select(&tree, tree.root()).is_err());
}
