use super::*;

/// Descriptions that rustdoc or clippy would object to, or run, and what becomes of them.
const CASES: &[(&str, &str)] = &[
    ("Plain.", "Plain."),
    ("", ""),
    (" \n\t\n ", ""),
    ("See [x] and [y][z].", "See \\[x] and \\[y]\\[z]."),
    ("[text](https://a.example/b)", "[text](https://a.example/b)"),
    ("[text](../guide.html) ![image](./a.png)", "text image"),
    ("[Backup](Backup)", "Backup"),
    ("[`code`](x)", "`code`"),
    (
        "[one]\n\n[one]: https://a.example",
        "[one]\n\n[one]: https://a.example",
    ),
    (
        "Go to https://a.example/b_c_d?x=1&y=2.",
        "Go to <https://a.example/b_c_d?x=1&y=2>.",
    ),
    ("(http://a.example)", "(<http://a.example>)"),
    (
        "<https://a.example> <a@b.example>",
        "<https://a.example> <a@b.example>",
    ),
    ("`https://a.example`", "`https://a.example`"),
    (
        "Vec<String> and <b>bold</b><br>",
        "Vec\\<String> and **bold**",
    ),
    ("<div>\n<p>x</p>\n</div>", "x"),
    ("<div>\n<blink>x</blink>", "\\<div>\n\\<blink>x\\</blink>"),
    ("<!-- hidden -->", "\\<!-- hidden -->"),
    ("```\nlet x = 1;\n```", "```text\nlet x = 1;\n```"),
    ("```rust\npanic!()\n```", "```text\npanic!()\n```"),
    ("```json\n{}\n```", "```json\n{}\n```"),
    ("```compile-fail\nx\n```", "```text\nx\n```"),
    ("~~~ should_panic,json\nx\n~~~", "~~~text\nx\n~~~"),
    ("```json\nopen", "```json\nopen\n```"),
    (
        "Text.\n\n    let x = 1;\n\n      y\n\nMore.",
        "Text.\n\n```text\nlet x = 1;\n\n  y\n```\n\nMore.",
    ),
    ("\tlet x = 1;", "```text\nlet x = 1;\n```"),
    ("- one\ntwo\n- three", "- one two\n- three"),
    ("- one\n     two", "- one two"),
    ("> one\ntwo", "> one two"),
    ("> one\n> two", "> one two"),
    ("- [x]: https://a.example", "- \\[x]: <https://a.example>"),
    ("a [^1] b \\[^2]", "a \\[^1] b \\[^2]"),
    ("a[^1]\n\n[^1]: note", "a\\[^1]\n\n\\[^1]: note"),
    ("a\r\nb\rc\u{0}\u{202e}d", "a\nb\ncd"),
    ("a  \nb", "a\\\nb"),
    (
        "1. one\n  two\n\n   three\n     - four\n  five",
        "1. one two\n\n   three\n     - four five",
    ),
    (
        "* a\n  ```\n  let x = 1;\n  ```",
        "* a\n  ```text\n  let x = 1;\n  ```",
    ),
    (
        "- a\n\n      let x = 1;",
        "- a\n\n  ```text\n  let x = 1;\n  ```",
    ),
    (
        "| a | b |\n|---|---|\n| <i> | [c] |",
        "| a | b |\n|---|---|\n| \\<i> | \\[c] |",
    ),
    ("[[x]](y)", "\\[\\[x]](y)"),
    (
        "<Foo::bar> <javascript:alert(1)>",
        "\\<Foo::bar> \\<javascript:alert(1)>",
    ),
    ("`unclosed and ``more", "`unclosed and ``more"),
    ("# Heading\ntext\n---\n\n***", "# Heading\ntext\n---\n\n***"),
    ("**https://a.example/x**", "**<https://a.example/x>**"),
    ("http:// https://", "http:// https://"),
    (
        "*/ #![deny(x)] \"quoted\" \\",
        "*/ #!\\[deny(x)] \"quoted\" \\",
    ),
];

#[test]
fn hostile_descriptions_are_made_safe() {
    for (written, safe) in CASES {
        assert_eq!(lines(written).join("\n"), *safe, "of {written:?}");
    }
}

#[test]
fn what_is_safe_stays_as_it_is() {
    for (written, _) in CASES {
        let once = lines(written).join("\n");
        assert_eq!(lines(&once).join("\n"), once, "of {written:?}");
    }
}

#[test]
fn a_text_that_resists_is_quoted() {
    let nested = "[".repeat(40) + "x" + &"]".repeat(40);
    let safe = lines(&nested);
    assert!(edits(&safe.join("\n")).is_empty(), "{safe:?}");
}

#[test]
fn code_is_not_closed_by_its_content() {
    assert_eq!(code("a"), "`a`");
    assert_eq!(code("a`b``c"), "``` a`b``c ```");
    assert_eq!(
        quoted("```\nx\n```", "text"),
        ["````text", "```", "x", "```", "````"]
    );
}

/// Holds every case, alone and at once, against the real readers of documentation.
#[test]
fn rustdoc_and_clippy_find_nothing() {
    let mut source = "//! Cases.\n#![deny(warnings, clippy::all)]\n".to_owned();
    let cases = CASES.iter().chain(html::CASES);
    for (number, (written, _)) in cases.enumerate() {
        for line in lines(written) {
            source.push_str(format!("/// {line}").trim_end());
            source.push('\n');
        }
        source.push_str(&format!("pub struct Case{number};\n"));
    }
    let dir = std::env::temp_dir().join(format!("oasmith-markdown-{}", std::process::id()));
    std::fs::create_dir_all(&dir).expect("a folder for the test");
    std::fs::write(dir.join("lib.rs"), source).expect("a file for the test");
    let runs: [(&str, &[&str]); 3] = [
        (
            "rustdoc",
            &["--edition", "2024", "--out-dir", "out", "lib.rs"],
        ),
        ("rustdoc", &["--edition", "2024", "--test", "lib.rs"]),
        (
            "clippy-driver",
            &[
                "--edition",
                "2024",
                "--crate-type",
                "lib",
                "--emit",
                "metadata",
                "lib.rs",
            ],
        ),
    ];
    for (program, arguments) in runs {
        match std::process::Command::new(program)
            .args(arguments)
            .current_dir(&dir)
            .output()
        {
            Err(_) => println!("skipped: there is no {program} here"),
            Ok(output) => {
                let text =
                    String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned();
                assert!(output.status.success(), "{program}: {text}");
                assert!(!text.contains("test lib.rs"), "a doctest: {text}");
            }
        }
    }
    let _ = std::fs::remove_dir_all(&dir);
}
