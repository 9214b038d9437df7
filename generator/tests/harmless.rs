//! Whatever a document calls things and whatever it says: the crate compiles, and nothing of it is code.

use oasmith::Config;
use std::path::Path;
use std::process::Command;

#[test]
fn a_document_of_traps_gives_a_crate_without_a_warning() {
    let document = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/hostile.yaml");
    let output = Config::new(document).name("hostile").generate();
    assert!(!output.has_errors(), "{}", output.text(false));
    for (path, text) in output
        .files()
        .filter(|(path, _)| !path.starts_with("src/runtime"))
    {
        let bad = text
            .chars()
            .find(|c| c.is_control() && *c != '\n' || matches!(c, '\u{202a}'..='\u{202e}'));
        assert_eq!(bad, None, "{}", path.display());
    }
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("hostile");
    let _ = std::fs::remove_dir_all(&folder);
    output.write(&folder).expect("the folder is ours");
    // A workspace of its own, with the versions that are there already.
    let manifest = std::fs::read_to_string(folder.join("Cargo.toml")).expect("a manifest");
    std::fs::write(
        folder.join("Cargo.toml"),
        format!("{manifest}\n[workspace]\n"),
    )
    .expect("it is writable");
    let lock = Path::new(env!("CARGO_MANIFEST_DIR")).join("../Cargo.lock");
    std::fs::copy(lock, folder.join("Cargo.lock")).expect("the lock file");
    let table: toml::Table = manifest.parse().expect("it is TOML");
    let features = table["features"]["default"]
        .as_array()
        .expect("a list")
        .iter();
    let features: Vec<&str> = features
        .filter_map(toml::Value::as_str)
        .filter(|feature| *feature != "rustls")
        .collect();
    for arguments in [
        &["clippy"] as &[&str],
        &["test", "--doc"],
        &["doc", "--no-deps"],
    ] {
        let run = Command::new(env!("CARGO"))
            .args(arguments)
            .args([
                "--offline",
                "--quiet",
                "--no-default-features",
                "--features",
            ])
            .arg(format!("server,{}", features.join(",")))
            .env(
                "CARGO_TARGET_DIR",
                Path::new(env!("CARGO_TARGET_TMPDIR")).join("hostile-target"),
            )
            .env("RUSTDOCFLAGS", "-D warnings")
            .current_dir(&folder)
            .output()
            .expect("cargo runs");
        let said = String::from_utf8_lossy(&run.stderr);
        assert!(
            run.status.success() && said.trim().is_empty(),
            "cargo {arguments:?}: {said}"
        );
    }
}
