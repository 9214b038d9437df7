//! `generated/` is what `specs/` and the generator say: the same check as `cargo xtask codegen --check`.

use oasmith::Config;
use std::path::Path;

#[test]
fn generated_crates_are_up_to_date() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut seen = 0;
    for entry in std::fs::read_dir(root.join("specs"))
        .expect("the documents")
        .flatten()
    {
        let document = entry.path();
        if !document
            .extension()
            .is_some_and(|extension| extension == "yaml" || extension == "json")
        {
            continue;
        }
        let name = document
            .file_stem()
            .expect("a name")
            .to_string_lossy()
            .into_owned();
        let mut config = Config::new(&document);
        if document.with_extension("toml").exists() {
            config = config
                .file(&document.with_extension("toml"))
                .expect("a configuration");
        }
        let output = config.name(&name).generate();
        assert!(!output.has_errors(), "{}", output.text(false));
        let differences = output
            .check(&root.join("generated").join(&name))
            .expect("the crate can be read");
        assert!(
            differences.is_empty(),
            "{differences}\nto mend it, run\n    cargo xtask codegen"
        );
        seen += 1;
    }
    assert!(seen > 0, "there is no document");
}
