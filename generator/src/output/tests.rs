use super::*;
use std::sync::atomic::{AtomicUsize, Ordering};

/// A folder that is gone after the test.
struct Scratch(PathBuf);

impl Scratch {
    fn new() -> Self {
        static COUNT: AtomicUsize = AtomicUsize::new(0);
        let name = format!(
            "oasmith-output-{}-{}",
            std::process::id(),
            COUNT.fetch_add(1, Ordering::Relaxed)
        );
        let dir = std::env::temp_dir().join(name);
        fs::create_dir_all(&dir).expect("a folder for the test");
        Self(dir)
    }

    fn put(&self, path: &str, text: &str) {
        let place = self.0.join(path);
        fs::create_dir_all(place.parent().expect("a parent")).expect("a folder");
        fs::write(place, text).expect("a file");
    }

    fn text(&self, path: &str) -> Option<String> {
        fs::read_to_string(self.0.join(path)).ok()
    }

    /// Every file, by its path.
    fn files(&self) -> Vec<String> {
        let mut files = Vec::new();
        let mut folders = vec![self.0.clone()];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(folder).expect("a folder").flatten() {
                let path = entry.path();
                if path.is_dir() {
                    folders.push(path);
                } else {
                    files.push(
                        path.strip_prefix(&self.0)
                            .expect("inside")
                            .to_string_lossy()
                            .replace('\\', "/"),
                    );
                }
            }
        }
        files.sort();
        files
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn file(path: &str, text: &str) -> File {
    File {
        path: PathBuf::from(path),
        text: format!("// {MARK} from a.yaml; do not edit.\n\n{text}"),
    }
}

fn crate_files() -> Vec<File> {
    vec![
        file("Cargo.toml", "[package]\n"),
        file("src/lib.rs", "mod types;\n"),
        file("src/types/mod.rs", "pub struct A;\n"),
    ]
}

const WHOLE: Options = Options {
    force: false,
    whole: true,
};

fn written(scratch: &Scratch, files: &[File]) -> Written {
    write(files, &scratch.0, WHOLE).unwrap_or_else(|refusal| unreachable!("{refusal:?}"))
}

fn refused(scratch: &Scratch, files: &[File], options: Options) -> &'static str {
    write(files, &scratch.0, options)
        .map(|written| unreachable!("{written:?}"))
        .unwrap_or_else(|refusal: Refusal| refusal.code.id)
}

#[test]
fn only_what_changed_is_written() {
    let scratch = Scratch::new();
    let mut files = crate_files();
    assert_eq!(written(&scratch, &files).changed.len(), 3);
    let before = fs::metadata(scratch.0.join("src/lib.rs"))
        .and_then(|metadata| metadata.modified())
        .expect("a time");
    files[2].text.push_str("pub struct B;\n");
    let again = written(&scratch, &files);
    assert_eq!(
        (again.changed, again.unchanged),
        (vec![PathBuf::from("src/types/mod.rs")], 2)
    );
    let after = fs::metadata(scratch.0.join("src/lib.rs"))
        .and_then(|metadata| metadata.modified())
        .expect("a time");
    assert_eq!(before, after);
    assert!(
        scratch
            .text("src/types/mod.rs")
            .is_some_and(|text| text.ends_with("pub struct B;\n"))
    );
    assert!(
        check(&files, &scratch.0, WHOLE)
            .expect("readable")
            .is_empty()
    );
}

#[test]
fn stale_files_with_our_header_go_and_others_stay() {
    let scratch = Scratch::new();
    let mut files = crate_files();
    written(&scratch, &files);
    scratch.put("src/types/mine.rs", "// by hand\n");
    scratch.put("examples/list.rs", "fn main() {}\n");
    scratch.put("inner/Cargo.toml", "[package]\n");
    scratch.put("inner/src/lib.rs", &file("", "").text);
    files.push(file("src/operations/iam.rs", ""));
    written(&scratch, &files);
    let gone = files.pop().expect("the last file");
    let differences = check(&files, &scratch.0, WHOLE).expect("readable");
    assert_eq!(
        differences
            .iter()
            .map(|difference| (difference.kind, &difference.path))
            .collect::<Vec<_>>(),
        [(Kind::Stale, &gone.path)]
    );
    assert_eq!(
        written(&scratch, &files).removed,
        [PathBuf::from("src/operations/iam.rs")]
    );
    assert!(!scratch.0.join("src/operations").exists());
    let kept = [
        "Cargo.toml",
        "examples/list.rs",
        "inner/Cargo.toml",
        "inner/src/lib.rs",
        "src/lib.rs",
        "src/types/mine.rs",
        "src/types/mod.rs",
    ];
    assert_eq!(scratch.files(), kept);
}

#[test]
fn a_foreign_folder_is_refused_without_force() {
    let scratch = Scratch::new();
    scratch.put("src/main.rs", "fn main() {}\n");
    assert_eq!(refused(&scratch, &crate_files(), WHOLE), "foreign-folder");
    assert_eq!(scratch.files(), ["src/main.rs"]);
    let forced = write(
        &crate_files(),
        &scratch.0,
        Options {
            force: true,
            whole: true,
        },
    );
    assert!(forced.is_ok(), "{forced:?}");
    assert_eq!(
        scratch.text("src/main.rs").as_deref(),
        Some("fn main() {}\n")
    );
}

#[test]
fn a_foreign_file_in_the_way_is_refused_and_nothing_is_written() {
    let scratch = Scratch::new();
    scratch.put("Cargo.toml", &file("", "").text);
    scratch.put("src/types/mod.rs", "// by hand\n");
    assert_eq!(refused(&scratch, &crate_files(), WHOLE), "foreign-file");
    assert_eq!(scratch.files(), ["Cargo.toml", "src/types/mod.rs"]);
    assert_eq!(
        scratch.text("src/types/mod.rs").as_deref(),
        Some("// by hand\n")
    );
}

#[test]
fn a_folder_with_hidden_files_only_is_free() {
    let scratch = Scratch::new();
    scratch.put(".gitignore", "target\n");
    written(&scratch, &crate_files());
}

#[test]
fn line_ends_of_a_checkout_are_no_difference_and_are_kept() {
    let scratch = Scratch::new();
    let mut files = crate_files();
    for file in &files {
        scratch.put(
            &file.path.to_string_lossy(),
            &file.text.replace('\n', "\r\n"),
        );
    }
    assert!(
        check(&files, &scratch.0, WHOLE)
            .expect("readable")
            .is_empty()
    );
    assert_eq!(written(&scratch, &files).unchanged, 3);
    files[1].text.push_str("mod b;\n");
    let differences = check(&files, &scratch.0, WHOLE).expect("readable");
    assert_eq!(differences.len(), 1);
    let diff = differences[0].to_string();
    assert!(
        diff.contains("--- a/src/lib.rs\n+++ b/src/lib.rs\n")
            && diff.contains("\n mod types;\n+mod b;\n"),
        "{diff}"
    );
    written(&scratch, &files);
    assert!(
        scratch
            .text("src/lib.rs")
            .is_some_and(|text| text.ends_with("mod types;\r\nmod b;\r\n"))
    );
}

#[test]
fn a_failed_write_leaves_nothing_behind() {
    let scratch = Scratch::new();
    let mut files = crate_files();
    written(&scratch, &files);
    let before = scratch.text("src/lib.rs");
    files[1].text.push_str("mod more;\n");
    files.push(file("src/new/one.rs", ""));
    // A file where a folder is needed.
    files.push(file("src/lib.rs/two.rs", ""));
    assert_eq!(refused(&scratch, &files, WHOLE), "output-not-writable");
    assert_eq!(scratch.text("src/lib.rs"), before);
    assert_eq!(
        scratch.files(),
        ["Cargo.toml", "src/lib.rs", "src/types/mod.rs"]
    );
    assert!(!scratch.0.join("src/new").exists());
}

#[test]
fn a_path_never_leaves_the_folder() {
    let scratch = Scratch::new();
    assert_eq!(
        refused(&scratch, &[file("../outside.rs", "")], WHOLE),
        "output-path"
    );
    assert_eq!(
        refused(&scratch, &[file("/outside.rs", "")], WHOLE),
        "output-path"
    );
}

#[cfg(unix)]
#[test]
fn a_link_is_not_followed() {
    let (scratch, elsewhere) = (Scratch::new(), Scratch::new());
    std::os::unix::fs::symlink(&elsewhere.0, scratch.0.join("src")).expect("a link");
    let options = Options {
        force: true,
        whole: true,
    };
    assert_eq!(refused(&scratch, &crate_files(), options), "link-in-output");
    assert!(elsewhere.files().is_empty());
    // A stale file behind a link is not ours to remove.
    elsewhere.put("stale.rs", &file("", "").text);
    write(&[file("Cargo.toml", "")], &scratch.0, options)
        .unwrap_or_else(|refusal| unreachable!("{refusal:?}"));
    assert_eq!(elsewhere.files(), ["stale.rs"]);
}
