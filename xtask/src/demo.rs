//! The main job on real input: regenerates ByCloud, then runs its client against its service.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};

/// What the examples need: no TLS, since nothing leaves the machine.
const FEATURES: &str = "reqwest,server,block-storage";

/// Regenerates, serves, lists, and stops.
pub(crate) fn run(root: &Path) -> Result<(), String> {
    super::codegen::write(root)?;
    let mut service = Service(
        example(root, "backup_service", &["--port", "0"])
            .stdout(Stdio::piped())
            .spawn()
            .map_err(failed)?,
    );
    let line = service.first_line()?;
    println!("{line}");
    let url = line
        .split_whitespace()
        .find(|word| word.starts_with("http://"));
    let url = url.ok_or("the service does not say where it listens")?;
    let arguments = [
        "--base-url",
        url,
        "--token",
        "demo-token",
        "--name",
        "web-*",
        "--status",
        "available",
    ];
    let status = example(root, "list_backups", &arguments)
        .status()
        .map_err(failed)?;
    if status.success() {
        Ok(())
    } else {
        Err("the client failed".to_owned())
    }
}

fn example(root: &Path, name: &str, arguments: &[&str]) -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.current_dir(root).args([
        "run",
        "--quiet",
        "--package",
        "bycloud",
        "--no-default-features",
        "--features",
        FEATURES,
        "--example",
        name,
        "--",
    ]);
    command.args(arguments);
    command
}

fn failed(error: std::io::Error) -> String {
    format!("cannot run cargo: {error}")
}

/// The service's process, which ends with the demonstration.
struct Service(Child);

impl Service {
    fn first_line(&mut self) -> Result<String, String> {
        let out = self.0.stdout.take().ok_or("the service has no output")?;
        let mut line = String::new();
        BufReader::new(out).read_line(&mut line).map_err(failed)?;
        if line.is_empty() {
            Err("the service did not start".to_owned())
        } else {
            Ok(line.trim_end().to_owned())
        }
    }
}

impl Drop for Service {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}
