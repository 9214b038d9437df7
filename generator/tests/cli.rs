//! The command: strictness, the report, `--check`, and what it leaves alone.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// A folder of its own for each test.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path =
            std::env::temp_dir().join(format!("oasmith-command-{}-{name}", std::process::id()));
        let _ = fs::remove_dir_all(&path);
        fs::create_dir_all(&path).expect("a folder");
        Self(path)
    }

    fn file(&self, name: &str, text: &str) -> PathBuf {
        let path = self.0.join(name);
        fs::write(&path, text).expect("a file");
        path
    }

    fn out(&self) -> PathBuf {
        self.0.join("out")
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn oasmith(arguments: &[&str], dir: &Path) -> Output {
    let command = Command::new(env!("CARGO_BIN_EXE_oasmith"))
        .args(arguments)
        .current_dir(dir)
        .output();
    command.expect("the command runs")
}

fn generate(folder: &Folder, document: &str, more: &[&str]) -> (i32, String) {
    folder.file("api.yaml", document);
    let output = oasmith(
        &[&["generate", "api.yaml", "--out", "out"], more].concat(),
        &folder.0,
    );
    let text = String::from_utf8(output.stderr).expect("UTF-8");
    (output.status.code().expect("an exit code"), text)
}

const HEAD: &str = "openapi: 3.0.3\ninfo: {title: Pets, version: '1'}\n";

const FINE: &str = "openapi: 3.0.3\ninfo: {title: Pets, version: '1'}\npaths:\n  /pets:\n    get:\n      operationId: listPets\n      \
                    responses: {'204': {description: None}}\n";

#[test]
fn sloppiness_is_a_warning_and_an_error_under_strict() {
    let document = format!(
        "{HEAD}paths:\n  /a/{{id}}:\n    get:\n      operationId: twice\n      responses: {{'200': {{}}}}\n  /b:\n    get:\n      \
         operationId: twice\n      parameters: [{{name: c, in: path, required: true, schema: {{type: string}}}}]\n      \
         responses: {{'200': {{descripton: Fine}}}}\n"
    );
    let folder = Folder::new("sloppy");
    let (exit, text) = generate(&folder, &document, &[]);
    assert_eq!(exit, 0, "{text}");
    let codes = [
        "missing-path-parameter",
        "duplicate-operation-id",
        "unused-path-parameter",
        "missing-description",
        "unknown-key",
    ];
    for code in codes {
        assert!(
            text.contains(&format!("warning[{code}]")),
            "{code} is missing in {text}"
        );
    }
    assert!(folder.out().join("src/lib.rs").exists());

    let strict = Folder::new("strict");
    let (exit, text) = generate(&strict, &document, &["--strict"]);
    assert_eq!(exit, 1);
    assert!(
        codes
            .iter()
            .all(|code| text.contains(&format!("error[{code}]"))),
        "{text}"
    );
    assert!(!strict.out().exists());

    let denied = Folder::new("denied");
    let (exit, text) = generate(&denied, &document, &["--deny", "unknown-key"]);
    assert_eq!(exit, 1);
    assert!(
        text.contains("error[unknown-key]") && text.contains("warning[missing-description]"),
        "{text}"
    );
}

#[test]
fn messages_can_be_json_and_the_report_is() {
    let folder = Folder::new("json");
    let (exit, text) = generate(
        &folder,
        &format!("{HEAD}paths: everything\n"),
        &["--message-format", "json"],
    );
    assert_eq!(exit, 1);
    let first: serde_json::Value =
        serde_json::from_str(text.lines().next().expect("a line")).expect("JSON");
    assert_eq!(first["code"], "wrong-type");
    assert_eq!(
        (&first["line"], &first["pointer"]),
        (&3.into(), &"#/paths".into())
    );

    let folder = Folder::new("report");
    let (exit, _) = generate(&folder, FINE, &["--report", "report.json"]);
    assert_eq!(exit, 0);
    let report = fs::read_to_string(folder.0.join("report.json")).expect("a report");
    let report: serde_json::Value = serde_json::from_str(&report).expect("JSON");
    let operation = serde_json::json!({"id": "listPets", "method": "GET", "path": "/pets", "rust": "list_pets", "request": "ListPets"});
    assert_eq!(report["operations"], serde_json::json!([operation]));
    assert_eq!(
        (&report["degraded"], &report["coverage"]),
        (&serde_json::json!([]), &1.0.into())
    );
    for stage in ["source", "read", "lower", "name", "emit"] {
        assert!(report["milliseconds"][stage].is_f64(), "{stage}");
    }
    assert!(report["lines"].as_u64() > Some(100));
}

#[test]
fn wrong_usage_is_exit_code_2() {
    let folder = Folder::new("usage");
    folder.file("api.yaml", FINE);
    folder.file("bad.toml", "strikt = true\n");
    for arguments in [
        &["generate", "api.yaml"] as &[&str],
        &["generate", "api.yaml", "--out", "out", "--nonsense"],
        &[
            "generate",
            "api.yaml",
            "--out",
            "out",
            "--deny",
            "no-such-code",
        ],
        &[
            "generate",
            "api.yaml",
            "--out",
            "out",
            "--config",
            "missing.toml",
        ],
        &[
            "generate", "api.yaml", "--out", "out", "--config", "bad.toml",
        ],
        &["generate", "api.yaml", "--out", "out", "--name", "no name"],
        &["explain", "no-such-code"],
    ] {
        let output = oasmith(arguments, &folder.0);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(!folder.out().exists(), "{arguments:?}");
    }
    let explained = oasmith(&["explain", "unresolved-reference"], &folder.0);
    assert!(explained.status.success());
    assert!(String::from_utf8_lossy(&explained.stdout).contains("a `$ref` that leads nowhere"));
}

#[test]
fn check_tells_changed_missing_and_stale_files_and_writes_nothing() {
    let folder = Folder::new("check");
    let check = || {
        let output = oasmith(
            &["generate", "api.yaml", "--out", "out", "--check"],
            &folder.0,
        );
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        (
            output.status.code(),
            text(&output.stdout),
            text(&output.stderr),
        )
    };
    assert_eq!(generate(&folder, FINE, &[]).0, 0);
    assert_eq!(check(), (Some(0), String::new(), String::new()));

    let lib = folder.out().join("src/lib.rs");
    let own = fs::read_to_string(&lib).expect("it was written");
    fs::write(&lib, own.replace('\n', "\r\n")).expect("it is writable");
    assert_eq!(check().0, Some(0), "a checkout with CRLF is no difference");

    fs::write(&lib, own.replace("pub mod types;", "pub mod kinds;")).expect("it is writable");
    let (exit, diff, mend) = check();
    assert_eq!(exit, Some(1));
    assert!(
        diff.contains("-pub mod kinds;") && diff.contains("+pub mod types;"),
        "{diff}"
    );
    assert!(
        mend.contains("oasmith generate api.yaml --out out"),
        "{mend}"
    );
    fs::write(&lib, &own).expect("it is writable");

    let stale = folder.out().join("src/stale.rs");
    fs::write(
        &stale,
        "// @generated by oasmith from api.yaml; do not edit.\n",
    )
    .expect("it is writable");
    let (exit, diff, _) = check();
    assert_eq!(exit, Some(1));
    assert!(diff.contains("stale.rs"), "{diff}");
    assert!(stale.exists(), "a check removes nothing");
    fs::remove_file(&stale).expect("it is there");

    let missing = folder.out().join("src/operations/mod.rs");
    fs::remove_file(&missing).expect("it is there");
    let (exit, diff, _) = check();
    assert_eq!(exit, Some(1));
    assert!(diff.contains("operations/mod.rs"), "{diff}");
    assert!(!missing.exists(), "a check writes nothing");
}

#[test]
fn a_foreign_folder_is_left_alone() {
    let folder = Folder::new("foreign");
    fs::create_dir_all(folder.out()).expect("a folder");
    fs::write(folder.out().join("thesis.txt"), "years of work").expect("a file");
    let (exit, text) = generate(&folder, FINE, &[]);
    assert_eq!(exit, 1, "{text}");
    assert_eq!(fs::read_dir(folder.out()).expect("a folder").count(), 1);
    let (exit, _) = generate(&folder, FINE, &["--force"]);
    assert_eq!(exit, 0);
    assert!(folder.out().join("thesis.txt").exists());
}
