//! Every bad input through the command: coded, located, all faults of a run together, and nothing written.

mod command;

use command::{Message, Run, generate};
use std::time::{Duration, Instant};

const HEAD: &str = "openapi: 3.0.3\ninfo: {title: T, version: '1'}\n";
const EMPTY: &str = "openapi: 3.0.3\ninfo: {title: T, version: '1'}\npaths: {}\n";

/// A sound operation `GET /a` whose lines 7 and following are `more`.
fn operation(more: &str) -> String {
    let answer = "      responses: {'200': {description: Done.}}\n";
    format!("{HEAD}paths:\n  /a:\n    get:\n      operationId: a\n{more}{answer}")
}

/// The document is refused with exactly these errors, each at its `line:column`, and nothing is written.
fn refused(document: &str, expected: &[(&str, &str)]) -> Run {
    let run = generate("openapi.yaml", Some(document), &[]);
    refused_run(&run, expected);
    run
}

fn refused_run(run: &Run, expected: &[(&str, &str)]) {
    let errors: Vec<_> = run.errors().map(Message::code_and_place).collect();
    let expected: Vec<_> = expected
        .iter()
        .map(|(code, place)| ((*code).to_owned(), (*place).to_owned()))
        .collect();
    assert_eq!(errors, expected, "{}", run.stderr);
    assert_eq!(run.status, Some(1));
    assert!(!run.out.exists(), "something was written");
}

/// The document is generated with these warnings; under `--strict` they are errors, and nothing is written.
fn sloppy(document: &str, expected: &[(&str, &str)]) {
    let run = generate("openapi.yaml", Some(document), &[]);
    let warnings: Vec<_> = run.warnings().map(Message::code_and_place).collect();
    let wanted: Vec<_> = expected
        .iter()
        .map(|(code, place)| ((*code).to_owned(), (*place).to_owned()))
        .collect();
    assert_eq!(warnings, wanted, "{}", run.stderr);
    assert_eq!(run.status, Some(0), "{}", run.stderr);
    assert!(run.out.join("src/lib.rs").exists());
    refused_run(
        &generate("openapi.yaml", Some(document), &["--strict"]),
        expected,
    );
    let (code, _) = expected[0];
    let denied = generate("openapi.yaml", Some(document), &["--deny", code]);
    assert_eq!(denied.status, Some(1));
    assert!(!denied.out.exists());
}

#[test]
fn there_is_no_file() {
    let run = generate("openapi.yaml", None, &[]);
    refused_run(&run, &[("unreadable-file", "")]);
    assert!(run.stderr.contains("openapi.yaml"));
}

#[test]
fn the_text_is_not_yaml() {
    refused("openapi: [3.0\npaths: }\n", &[("syntax", "2:6")]);
}

#[test]
fn the_text_is_not_json() {
    let run = generate(
        "openapi.json",
        Some("{\"openapi\": \"3.0.3\",\n \"info\": }"),
        &[],
    );
    refused_run(&run, &[("syntax", "2:10")]);
}

#[test]
fn the_text_is_not_utf8() {
    let run = command::generate_bytes("openapi.yaml", Some(b"openapi: \xff\n"), &[]);
    assert_eq!(run.status, Some(1));
    assert_eq!(run.errors().count(), 1, "{}", run.stderr);
    assert!(!run.out.exists());
}

#[test]
fn two_documents_are_in_one_stream() {
    refused(
        &format!("{EMPTY}---\n{EMPTY}"),
        &[("several-documents", "4:1")],
    );
}

#[test]
fn nothing_is_in_the_document() {
    for nothing in ["", "\n\n", "# a comment\n"] {
        let run = generate("openapi.yaml", Some(nothing), &[]);
        assert_eq!(run.status, Some(1), "{nothing:?}");
        let codes: Vec<_> = run.errors().map(|error| error.code.clone()).collect();
        assert_eq!(codes, ["empty-document"], "{nothing:?}");
    }
}

#[test]
fn the_version_is_missing_or_wrong() {
    refused(
        "info: {title: T, version: '1'}\npaths: {}\n",
        &[("missing-version", "1:1")],
    );
    refused(
        "openapi: 4.0.0\ninfo: {title: T, version: '1'}\npaths: {}\n",
        &[("unsupported-version", "1:10")],
    );
}

#[test]
fn fields_of_wrong_types_are_found_together() {
    let document = operation("      parameters: 5\n      deprecated: maybe\n");
    let run = refused(&document, &[("wrong-type", "7:19"), ("wrong-type", "8:19")]);
    let pointers: Vec<_> = run.errors().map(|error| error.pointer.clone()).collect();
    assert_eq!(
        pointers,
        ["#/paths/~1a/get/parameters", "#/paths/~1a/get/deprecated"]
    );
}

#[test]
fn references_lead_nowhere_or_out() {
    refused(
        &operation("      parameters: [{$ref: '#/components/parameters/No'}]\n"),
        &[("unresolved-reference", "7:27")],
    );
    for path in ["../../../etc/passwd", "/etc/passwd", "file:///etc/passwd"] {
        let run = generate(
            "openapi.yaml",
            Some(&operation(&format!(
                "      parameters: [{{$ref: '{path}#/a'}}]\n"
            ))),
            &[],
        );
        assert_eq!(run.status, Some(1), "{path}");
        let errors: Vec<_> = run.errors().collect();
        assert_eq!(errors.len(), 1, "{}", run.stderr);
        assert!(
            matches!(
                errors[0].code.as_str(),
                "escaping-reference" | "remote-reference"
            ),
            "{}",
            run.stderr
        );
        assert!(!run.stderr.contains("root:"), "the file was shown");
    }
    refused(
        &operation("      parameters: [{$ref: 'https://api.example/a.yaml'}]\n"),
        &[("remote-reference", "7:27")],
    );
}

#[test]
fn a_misspelt_reference_is_mended_by_the_help() {
    let document = format!(
        "{HEAD}paths:\n  /a:\n    get:\n      responses:\n        '200': {{$ref: '#/components/responses/Bakcup'}}\n\
         components:\n  responses:\n    Backup: {{description: One.}}\n"
    );
    let run = refused(&document, &[("unresolved-reference", "7:23")]);
    let help = run.errors().next().and_then(|error| error.help.clone());
    assert!(
        help.unwrap_or_default()
            .contains("#/components/responses/Backup")
    );
}

#[test]
fn references_go_round_in_a_circle() {
    let schemas =
        "    A: {$ref: '#/components/schemas/B'}\n    B: {$ref: '#/components/schemas/A'}\n";
    let document = format!("{EMPTY}components:\n  schemas:\n{schemas}");
    refused(
        &document,
        &[("reference-cycle", "6:15"), ("reference-cycle", "7:15")],
    );
}

#[test]
fn one_key_has_two_values() {
    sloppy(
        &format!("{EMPTY}paths: {{}}\n"),
        &[("duplicate-name", "4:1")],
    );
    let run = refused(
        &format!("{EMPTY}paths: {{ /a: {{}} }}\n"),
        &[("duplicate-key", "4:1")],
    );
    assert!(
        run.stderr.contains("\"line\":3"),
        "the first place is shown: {}",
        run.stderr
    );
}

#[test]
fn two_operations_are_one_route() {
    let item = |name: &str| {
        format!(
            "  /a/{{{name}}}:\n    get:\n      parameters: [{{name: {name}, in: path, required: true, schema: {{type: string}}}}]\n\
             \x20     responses: {{'200': {{description: Done.}}}}\n"
        )
    };
    let document = format!("{HEAD}paths:\n{}{}", item("x"), item("y"));
    refused(&document, &[("duplicate-operation", "9:5")]);
}

#[test]
fn faults_of_different_stages_are_found_together() {
    let document = operation(
        "      deprecated: maybe\n      parameters: [{$ref: '#/components/parameters/No'}]\n      paramters: []\n",
    );
    let run = refused(
        &document,
        &[("wrong-type", "7:19"), ("unresolved-reference", "8:27")],
    );
    let warnings: Vec<_> = run.warnings().map(Message::code_and_place).collect();
    assert_eq!(warnings, [("unknown-key".to_owned(), "9:7".to_owned())]);
}

#[test]
fn hostile_size_is_refused_quickly() {
    let bomb: String = ('b'..='m')
        .zip('a'..)
        .map(|(name, before)| {
            format!(
                "{name}: &{name} [{}]\n",
                vec![format!("*{before}"); 10].join(",")
            )
        })
        .collect();
    let cases = [
        ("openapi.yaml", "[".repeat(100_000), "too-deep"),
        ("openapi.yaml", "- ".repeat(100_000), "too-deep"),
        ("openapi.yaml", "{a:\n".repeat(100_000), "too-deep"),
        ("openapi.json", "{\"a\":".repeat(100_000), "too-deep"),
        ("openapi.yaml", format!("a: &a [1, 2]\n{bomb}"), "yaml-bomb"),
    ];
    for (file, text, code) in cases {
        let start = Instant::now();
        let run = generate(file, Some(&text), &[]);
        let took = start.elapsed();
        let codes: Vec<_> = run.errors().map(|error| error.code.clone()).collect();
        assert_eq!(codes, [code]);
        assert_eq!(run.status, Some(1));
        assert!(!run.out.exists());
        assert!(took < Duration::from_secs(10), "{code} took {took:?}");
    }
}

#[test]
fn schemas_nest_deep_enough_to_hurt() {
    let deep = format!(
        "{}{{type: string}}{}",
        "{type: array, items: ".repeat(3_000),
        "}".repeat(3_000)
    );
    let run = generate(
        "openapi.yaml",
        Some(&format!(
            "{EMPTY}components:\n  schemas:\n    Deep: {deep}\n"
        )),
        &[],
    );
    assert!(
        matches!(run.status, Some(0 | 1)),
        "{:?} {}",
        run.status,
        run.stderr
    );
}

#[test]
fn keys_that_nobody_knows_are_warned_of() {
    sloppy(
        &operation("      paramters: []\n"),
        &[("unknown-key", "7:7")],
    );
}

#[test]
fn two_operations_share_an_id() {
    let other =
        "  /b:\n    get:\n      operationId: a\n      responses: {'200': {description: Done.}}\n";
    sloppy(
        &format!("{}{other}", operation("")),
        &[("duplicate-operation-id", "10:20")],
    );
}

#[test]
fn templates_and_path_parameters_differ() {
    let document = format!(
        "{HEAD}paths:\n  /a/{{x}}:\n    get:\n      responses: {{'200': {{description: Done.}}}}\n"
    );
    sloppy(&document, &[("missing-path-parameter", "5:5")]);
    let parameter =
        "      parameters: [{name: x, in: path, required: true, schema: {type: string}}]\n";
    sloppy(&operation(parameter), &[("unused-path-parameter", "7:20")]);
}

#[test]
fn descriptions_are_missing() {
    let document = format!("{HEAD}paths:\n  /a:\n    get:\n      responses: {{'200': {{}}}}\n");
    sloppy(&document, &[("missing-description", "6:19")]);
}

#[test]
fn wrong_usage_exits_with_2() {
    for arguments in [
        &["--deny", "no-such-code"][..],
        &["--name", "1 2"],
        &["--config", "missing.toml"],
        &["--nonsense"],
    ] {
        let run = generate("openapi.yaml", Some(EMPTY), arguments);
        assert_eq!(run.status, Some(2), "{arguments:?}: {}", run.stderr);
        assert!(!run.out.exists(), "{arguments:?}");
    }
}

#[test]
fn a_foreign_folder_is_left_alone() {
    let folder = command::Folder::new();
    let out = folder.path().join("out");
    std::fs::create_dir(&out).expect("a folder");
    std::fs::write(out.join("diary.txt"), "mine").expect("a file");
    let run = folder.generate("openapi.yaml", Some(EMPTY.as_bytes()), &[]);
    assert_eq!(run.status, Some(1));
    assert_eq!(
        run.errors()
            .map(|error| error.code.as_str())
            .collect::<Vec<_>>(),
        ["foreign-folder"]
    );
    assert_eq!(std::fs::read_dir(&out).expect("the folder").count(), 1);
    let forced = folder.generate("openapi.yaml", Some(EMPTY.as_bytes()), &["--force"]);
    assert_eq!(forced.status, Some(0), "{}", forced.stderr);
    assert_eq!(
        std::fs::read_to_string(out.join("diary.txt")).expect("the file"),
        "mine"
    );
}

/// A chain of schemas each of which includes the one before: half a million members at 1,000 links.
fn chain(links: usize) -> String {
    let mut document = format!("{EMPTY}components:\n  schemas:\n    A0: {{type: object}}\n");
    for link in 1..links {
        document.push_str(&format!(
            "    A{link}: {{allOf: [{{$ref: '#/components/schemas/A{}'}}, {{properties: {{p{link}: {{type: string}}}}}}]}}\n",
            link - 1
        ));
    }
    document
}

#[test]
fn what_many_places_include_is_bounded() {
    let run = generate("openapi.yaml", Some(&chain(3_000)), &[]);
    let errors: Vec<_> = run.errors().map(|error| error.code_and_place().0).collect();
    assert_eq!(errors, ["too-large"], "{}", run.stderr);
    assert_eq!(run.status, Some(1));
    // Parameters of a path that any number of methods have.
    let parameters: String = (0..1_000)
        .map(|number| format!("      - {{name: q{number}, in: query, schema: {{type: string}}}}\n"))
        .collect();
    let methods: String = (0..1_000)
        .map(|number| {
            format!("      M{number}: {{responses: {{'200': {{description: Done.}}}}}}\n")
        })
        .collect();
    let document = format!(
        "openapi: 3.2.0\ninfo: {{title: T, version: '1'}}\npaths:\n  /a:\n    parameters:\n{parameters}    additionalOperations:\n{methods}"
    );
    let run = generate("openapi.yaml", Some(&document), &[]);
    let errors: Vec<_> = run.errors().map(|error| error.code_and_place().0).collect();
    assert_eq!(errors, ["too-large"], "{}", run.stderr);
}

#[test]
fn the_limit_of_parts_is_configured() {
    let limit = |parts: usize| format!("[limits]\nparts = {parts}\n");
    let config = std::env::temp_dir().join(format!("oasmith-limits-{}.toml", std::process::id()));
    let argument = config.to_string_lossy().into_owned();
    for (parts, status) in [(100, Some(1)), (100_000, Some(0))] {
        std::fs::write(&config, limit(parts)).expect("the configuration is written");
        let run = generate("openapi.yaml", Some(&chain(30)), &["--config", &argument]);
        assert_eq!(run.status, status, "{}", run.stderr);
    }
    std::fs::remove_file(&config).expect("the configuration is ours");
}
