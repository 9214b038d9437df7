use super::code::CODES;
use super::{Diagnostic, Diagnostics, Format, Levels, Place, code, render};
use crate::source::{Limits, load_text};

#[test]
fn every_code_is_sorted_unique_and_explained() {
    for pair in CODES.windows(2) {
        assert!(
            pair[0].id < pair[1].id,
            "{} stands before {}",
            pair[0].id,
            pair[1].id
        );
    }
    for code in CODES {
        assert!(
            code.id
                .bytes()
                .all(|byte| byte.is_ascii_lowercase() || byte == b'-'),
            "{}",
            code.id
        );
        assert!(
            !code.summary.is_empty() && !code.summary.ends_with('.'),
            "{}",
            code.id
        );
        assert!(
            code.explanation.contains("\n```\n\n"),
            "{} has an example and a remedy",
            code.id
        );
    }
}

const DOCUMENT: &str =
    "openapi: 3.0.3\npaths:\n  /v1/backups:\n    $ref: '#/components/schemas/Bakcup'\n";

#[test]
fn text_shows_the_line_the_pointer_and_the_remedy() {
    let mut diagnostics = Diagnostics::default();
    let (sources, tree) = load_text(
        "specs/bycloud.yaml",
        DOCUMENT.into(),
        &Limits::default(),
        &mut diagnostics,
    );
    let tree = tree.expect("it is YAML");
    let node = tree
        .resolve(tree.root(), "#/paths/~1v1~1backups/$ref")
        .expect("it is there");
    diagnostics.report(
        Diagnostic::new(
            code::UNRESOLVED_REFERENCE,
            Place::Node(node),
            "`#/components/schemas/Bakcup` does not exist",
        )
        .label("no such schema")
        .help("there is `#/components/schemas/Backup`"),
    );
    let text = render(
        &diagnostics,
        &sources,
        Some(&tree),
        Format::Text { colour: false },
    );
    assert_eq!(
        text.trim_end(),
        "error[unresolved-reference]: `#/components/schemas/Bakcup` does not exist\n \
         --> specs/bycloud.yaml:4:11\n  \
         |\n\
         4 |     $ref: '#/components/schemas/Bakcup'\n  \
         |           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ no such schema\n  \
         |\n  \
         = at: #/paths/~1v1~1backups/$ref\n  \
         = help: there is `#/components/schemas/Backup`"
    );
    let json = render(&diagnostics, &sources, Some(&tree), Format::Json);
    let json: serde_json::Value = serde_json::from_str(&json).expect("one object");
    assert_eq!((&json["line"], &json["column"]), (&4.into(), &11.into()));
    assert_eq!(json["pointer"], "#/paths/~1v1~1backups/$ref");
    let cargo = render(&diagnostics, &sources, Some(&tree), Format::Cargo);
    assert!(
        cargo.starts_with("cargo::error=specs/bycloud.yaml:4:11: `#/components"),
        "{cargo}"
    );
}

#[test]
fn strict_makes_sloppiness_an_error_and_allow_silences_below_a_pointer() {
    let mut diagnostics = Diagnostics::default();
    let (_, tree) = load_text(
        "a.yaml",
        DOCUMENT.into(),
        &Limits::default(),
        &mut diagnostics,
    );
    let tree = tree.expect("it is YAML");
    let node = tree
        .resolve(tree.root(), "#/paths/~1v1~1backups")
        .expect("it is there");
    let report = |diagnostics: &mut Diagnostics| {
        diagnostics.report(Diagnostic::new(
            code::UNKNOWN_KEY,
            Place::Key(node),
            "unknown",
        ));
    };
    report(&mut diagnostics);
    diagnostics.apply(
        &Levels {
            strict: true,
            ..Levels::default()
        },
        Some(&tree),
    );
    assert!(diagnostics.has_errors());

    let allow = |below: &str| Levels {
        allow: vec![(code::UNKNOWN_KEY, Some(below.to_owned()))],
        ..Levels::default()
    };
    let mut silenced = Diagnostics::default();
    report(&mut silenced);
    silenced.apply(&allow("#/paths"), Some(&tree));
    assert!(silenced.is_empty());

    let mut elsewhere = Diagnostics::default();
    report(&mut elsewhere);
    elsewhere.apply(&allow("#/path"), Some(&tree));
    let codes: Vec<_> = elsewhere
        .iter()
        .map(|diagnostic| diagnostic.code.id)
        .collect();
    assert_eq!(codes, ["unknown-key", "unused-allow"]);
}

#[test]
fn a_minified_document_is_not_quoted_whole_and_controls_do_not_reach_the_terminal() {
    let text = format!(
        "{{\"openapi\":\"3.0.3\",\"x-long\":\"{}\",\"a\":1,\"a\":2}}",
        "y".repeat(100_000)
    );
    let mut diagnostics = Diagnostics::default();
    let (sources, tree) = load_text("a.json", text, &Limits::default(), &mut diagnostics);
    let shown = render(
        &diagnostics,
        &sources,
        tree.as_ref(),
        Format::Text { colour: false },
    );
    assert!(shown.len() < 1_000, "{shown}");
    assert!(shown.contains("a.json:1:"), "{shown}");

    let mut diagnostics = Diagnostics::default();
    diagnostics.report(Diagnostic::new(
        code::SYNTAX,
        Place::Nowhere,
        "bell \u{7} and \u{1b}[31m red",
    ));
    let shown = render(&diagnostics, &sources, None, Format::Text { colour: false });
    assert!(!shown.contains(['\u{7}', '\u{1b}']), "{shown:?}");
}

#[test]
fn what_is_ambiguous_is_an_error_unless_it_is_allowed_and_what_is_wrong_is_always_one() {
    let levels = |code| Levels {
        allow: vec![(code, None)],
        ..Levels::default()
    };
    let ids = |levels: &Levels| {
        let mut diagnostics = Diagnostics::default();
        for code in [code::DUPLICATE_OPERATION, code::REFERENCE_CYCLE] {
            diagnostics.report(Diagnostic::new(code, Place::Nowhere, "here"));
        }
        diagnostics.apply(levels, None);
        let ids = diagnostics.iter().map(|diagnostic| diagnostic.code.id);
        ids.collect::<Vec<_>>()
    };
    let both = ["duplicate-operation", "reference-cycle"];
    assert_eq!(ids(&Levels::default()), both);
    assert_eq!(ids(&levels(code::DUPLICATE_OPERATION)), ["reference-cycle"]);
    assert_eq!(
        ids(&levels(code::REFERENCE_CYCLE)),
        [&both[..], &["unused-allow"]].concat()
    );
}

#[test]
fn an_error_is_shown_however_many_warnings_stand_before_it() {
    let text: String = (0..300).map(|line| format!("a{line}: 1\n")).collect();
    let mut diagnostics = Diagnostics::default();
    let (sources, tree) = load_text("a.yaml", text, &Limits::default(), &mut diagnostics);
    let tree = tree.expect("it is YAML");
    for line in 0..300 {
        let node = tree.resolve(tree.root(), &format!("#/a{line}"));
        let place = Place::Node(node.expect("it is there"));
        let code = match line {
            299 => code::UNRESOLVED_REFERENCE,
            _ => code::LOOSE_VALUE,
        };
        diagnostics.report(Diagnostic::new(code, place, "here"));
    }
    let format = Format::Text { colour: false };
    let shown = render(&diagnostics, &sources, Some(&tree), format);
    assert_eq!(shown.matches("warning[").count(), 199);
    assert!(shown.contains("error[unresolved-reference]"), "{shown}");
    assert!(
        shown.ends_with("note: 100 more messages are not shown; the JSON format shows them all\n")
    );
}
