//! Runs `oasmith generate` in a folder of its own and takes its messages apart.

use serde_json::Value;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicU32, Ordering};

/// A folder that goes with its test.
pub(crate) struct Folder(PathBuf);

/// What a run did. The folder lives as long as it.
pub(crate) struct Run {
    pub(crate) status: Option<i32>,
    pub(crate) stderr: String,
    pub(crate) out: PathBuf,
    messages: Vec<Message>,
    _folder: Option<Folder>,
}

/// One message of `--message-format json`.
pub(crate) struct Message {
    pub(crate) code: String,
    pub(crate) pointer: String,
    pub(crate) help: Option<String>,
    level: String,
    place: String,
}

impl Message {
    fn new(object: &Value) -> Self {
        let text = |key: &str| object[key].as_str().unwrap_or_default().to_owned();
        let place = match (object["line"].as_u64(), object["column"].as_u64()) {
            (Some(line), Some(column)) => format!("{line}:{column}"),
            _ => String::new(),
        };
        Self {
            code: text("code"),
            pointer: text("pointer"),
            help: object["help"].as_str().map(ToOwned::to_owned),
            level: text("level"),
            place,
        }
    }

    pub(crate) fn code_and_place(&self) -> (String, String) {
        (self.code.clone(), self.place.clone())
    }
}

impl Run {
    pub(crate) fn errors(&self) -> impl Iterator<Item = &Message> {
        self.of("error")
    }

    pub(crate) fn warnings(&self) -> impl Iterator<Item = &Message> {
        self.of("warning")
    }

    fn of(&self, level: &'static str) -> impl Iterator<Item = &Message> {
        self.messages
            .iter()
            .filter(move |message| message.level == level)
    }
}

impl Folder {
    pub(crate) fn new() -> Self {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let name = format!("oasmith-command-{}-{number}", std::process::id());
        let path = std::env::temp_dir().join(name);
        std::fs::create_dir_all(&path).expect("a temporary folder");
        Self(path)
    }

    pub(crate) fn path(&self) -> &Path {
        &self.0
    }

    /// Runs in the folder, with `out` in it as the output.
    pub(crate) fn generate(&self, file: &str, document: Option<&[u8]>, more: &[&str]) -> Run {
        if let Some(document) = document {
            std::fs::write(self.0.join(file), document).expect("the document is written");
        }
        let output = Command::new(env!("CARGO_BIN_EXE_oasmith"))
            .current_dir(&self.0)
            .args(["generate", file, "--out", "out", "--message-format", "json"])
            .args(more)
            .output()
            .expect("the command runs");
        let stderr = String::from_utf8(output.stderr).expect("messages are UTF-8");
        let objects = stderr
            .lines()
            .filter_map(|line| serde_json::from_str::<Value>(line).ok());
        Run {
            status: output.status.code(),
            out: self.0.join("out"),
            messages: objects.map(|object| Message::new(&object)).collect(),
            stderr,
            _folder: None,
        }
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// Runs on a document in a new folder; on `None`, there is no such file.
pub(crate) fn generate(file: &str, document: Option<&str>, more: &[&str]) -> Run {
    generate_bytes(file, document.map(str::as_bytes), more)
}

pub(crate) fn generate_bytes(file: &str, document: Option<&[u8]>, more: &[&str]) -> Run {
    let folder = Folder::new();
    let mut run = folder.generate(file, document, more);
    run._folder = Some(folder);
    run
}
