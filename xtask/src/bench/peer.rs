//! Other generators, where they are installed: found on `PATH`, never required.

use super::subject::sources;
use super::taken::{Taken, Watch};
use serde::{Deserialize, Serialize};
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};

/// Another generator, and how it is told what to do.
struct Peer {
    name: &'static str,
    program: &'static str,
    /// `{document}`, `{out}` and `{config}` are filled in.
    arguments: &'static [&'static str],
    /// The file of `{config}`.
    config: &'static str,
}

const PEERS: &[Peer] = &[
    Peer {
        name: "progenitor",
        program: "cargo-progenitor",
        arguments: &[
            "progenitor",
            "--input",
            "{document}",
            "--output",
            "{out}",
            "--name",
            "peer",
            "--version",
            "0.1.0",
        ],
        config: "",
    },
    Peer {
        name: "openapi-to-rust",
        program: "openapi-to-rust",
        arguments: &["generate", "--config", "{config}"],
        config: "[generator]\nspec_path = \"{document}\"\noutput_dir = \"{out}\"\nmodule_name = \"api\"\n\n[features]\nenable_async_client = true\n",
    },
    Peer {
        name: "oas3-gen",
        program: "oas3-gen",
        arguments: &["generate", "client-mod", "-i", "{document}", "-o", "{out}"],
        config: "",
    },
    Peer {
        name: "ploidy",
        program: "ploidy",
        arguments: &["generate", "rust", "{document}", "-o", "{out}"],
        config: "",
    },
];

/// What another generator made of a document.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct Measured {
    pub(super) name: String,
    /// Why there is nothing to see, if there is not.
    pub(super) nothing: Option<String>,
    pub(super) generate: Taken,
    pub(super) lines: u64,
}

/// Generates a document's code with all of them.
pub(super) fn measure(watch: &Watch, document: &Path, work: &Path, runs: usize) -> Vec<Measured> {
    let measured = |peer: &Peer| {
        let mut measured = Measured {
            name: peer.name.to_owned(),
            ..Measured::default()
        };
        match found(peer.program) {
            None => measured.nothing = Some("not installed".to_owned()),
            Some(program) => {
                let made = peer.generate(watch, &program, document, work, runs, &mut measured);
                measured.nothing = made.err();
            }
        }
        measured
    };
    PEERS.iter().map(measured).collect()
}

impl Peer {
    fn generate(
        &self,
        watch: &Watch,
        program: &Path,
        document: &Path,
        work: &Path,
        runs: usize,
        measured: &mut Measured,
    ) -> Result<(), String> {
        let out = work.join("peers").join(self.name);
        let config = out.with_extension("toml");
        let filled = |text: &str| {
            text.replace("{document}", &document.to_string_lossy())
                .replace("{out}", &out.to_string_lossy())
                .replace("{config}", &config.to_string_lossy())
        };
        let arguments: Vec<OsString> = self
            .arguments
            .iter()
            .map(|text| filled(text).into())
            .collect();
        for _ in 0..runs {
            let _ = fs::remove_dir_all(&out);
            fs::create_dir_all(&out)
                .map_err(|error| format!("cannot make {}: {error}", out.display()))?;
            fs::write(&config, filled(self.config))
                .map_err(|error| format!("cannot write {}: {error}", config.display()))?;
            measured
                .generate
                .add(watch.program(program, &arguments, &out)?);
        }
        let sources = sources(&out)?;
        measured.lines = sources
            .iter()
            .map(|(_, text)| text.lines().count() as u64)
            .sum();
        Ok(())
    }
}

fn found(program: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path)
        .map(|folder| folder.join(program))
        .find(|file| file.is_file())
}
