//! Work in processes of their own: what each takes, and what ends one that takes too much.

use serde::{Deserialize, Serialize};
use std::io::Read;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

/// What a process has taken.
#[derive(Clone, Copy, Debug, Default, Serialize, Deserialize)]
pub(crate) struct Usage {
    /// CPU time, in seconds.
    pub(crate) seconds: f64,
    /// The most memory it held at once, in megabytes.
    pub(crate) megabytes: f64,
}

/// Of which process [`usage`] tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Whose {
    Own,
    /// Of all children that have ended, and theirs; the memory is that of the largest.
    Children,
}

/// What this process or its children have taken so far; nothing where the system does not say.
#[cfg(unix)]
pub(crate) fn usage(whose: Whose) -> Usage {
    use nix::sys::resource::{UsageWho, getrusage};
    use nix::sys::time::TimeValLike;
    let who = match whose {
        Whose::Own => UsageWho::RUSAGE_SELF,
        Whose::Children => UsageWho::RUSAGE_CHILDREN,
    };
    // Kilobytes, but bytes on Apple's systems.
    let unit = if cfg!(target_vendor = "apple") {
        1e6
    } else {
        1e3
    };
    let mut taken = getrusage(who).map_or_else(
        |_| Usage::default(),
        |taken| Usage {
            seconds: (taken.user_time() + taken.system_time()).num_microseconds() as f64 / 1e6,
            megabytes: taken.max_rss() as f64 / unit,
        },
    );
    if let Some(most) = Some(())
        .filter(|()| whose == Whose::Own)
        .and_then(|()| most_held())
    {
        taken.megabytes = most;
    }
    taken
}

/// The most memory this program held, in megabytes, where Linux says it: `getrusage` counts what the process was before too.
#[cfg(unix)]
fn most_held() -> Option<f64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kilobytes: f64 = line.split_whitespace().next()?.parse().ok()?;
    Some(kilobytes / 1e3)
}

#[cfg(not(unix))]
pub(crate) fn usage(_: Whose) -> Usage {
    Usage::default()
}

/// Lets this process have no more than this much memory, in megabytes.
#[cfg(unix)]
pub(crate) fn limit_memory(megabytes: u64) {
    use nix::sys::resource::{Resource, setrlimit};
    let bytes = megabytes.saturating_mul(1_000_000);
    if let Err(error) = setrlimit(Resource::RLIMIT_AS, bytes, bytes) {
        eprintln!("note: memory is not limited: {error}");
    }
}

#[cfg(not(unix))]
pub(crate) fn limit_memory(_: u64) {}

/// How a process ended.
#[derive(Debug)]
pub(crate) struct Ended {
    pub(crate) out: String,
    pub(crate) err: String,
    /// Why it has no result, if it has none.
    pub(crate) fault: Option<String>,
}

/// Runs a command to its end, or ends it and what it has started after this time.
pub(crate) fn run(command: &mut Command, limit: Duration) -> Result<Ended, String> {
    #[cfg(unix)]
    std::os::unix::process::CommandExt::process_group(command, 0);
    let begun = Instant::now();
    let mut child = command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(|error| format!("cannot start {}: {error}", command.get_program().display()))?;
    let out = drain(child.stdout.take());
    let err = drain(child.stderr.take());
    let status = loop {
        match child.try_wait() {
            Ok(Some(status)) => break Some(status),
            Ok(None) if begun.elapsed() < limit => thread::sleep(Duration::from_millis(5)),
            _ => {
                end(&mut child);
                break None;
            }
        }
    };
    let text = |reader: thread::JoinHandle<String>| reader.join().unwrap_or_default();
    let (out, err) = (text(out), text(err));
    let fault = match status {
        None => Some(format!("takes more than {} s", limit.as_secs())),
        Some(status) => fault(status, &err),
    };
    Ok(Ended { out, err, fault })
}

/// Reads a pipe to its end beside the process, which would wait for us otherwise.
fn drain(pipe: Option<impl Read + Send + 'static>) -> thread::JoinHandle<String> {
    thread::spawn(move || {
        let mut bytes = Vec::new();
        if let Some(mut pipe) = pipe {
            let _ = pipe.read_to_end(&mut bytes);
        }
        String::from_utf8_lossy(&bytes).into_owned()
    })
}

fn end(child: &mut Child) {
    #[cfg(unix)]
    {
        use nix::sys::signal::{Signal, killpg};
        if let Ok(group) = i32::try_from(child.id()) {
            let _ = killpg(nix::unistd::Pid::from_raw(group), Signal::SIGKILL);
        }
    }
    let _ = child.kill();
    let _ = child.wait();
}

fn fault(status: ExitStatus, err: &str) -> Option<String> {
    if status.success() {
        return None;
    }
    let said = |words: &str| {
        err.lines()
            .find(|line| line.contains(words))
            .map(str::to_owned)
    };
    let panic = || {
        let mut lines = err.lines().skip_while(|line| !line.contains("panicked at"));
        let place = lines.next()?;
        let place = place.split("panicked at ").nth(1).unwrap_or(place);
        Some(format!(
            "panics at {place} {}",
            lines.next().unwrap_or_default()
        ))
    };
    panic()
        .or_else(|| said("memory allocation of"))
        .or_else(|| said("has overflowed its stack"))
        .or_else(|| said("error: "))
        .or_else(|| Some(format!("ends with {status}")))
}

/// Does the work for each of `count` items with `slots` threads, each of which is told its own number first. The order of
/// the results is that of the items.
pub(crate) fn each<T: Send>(
    count: usize,
    slots: usize,
    work: impl Fn(usize, usize) -> T + Sync,
) -> Vec<T> {
    let next = AtomicUsize::new(0);
    let done = Mutex::new(Vec::with_capacity(count));
    thread::scope(|scope| {
        for slot in 0..slots.max(1) {
            let (next, done, work) = (&next, &done, &work);
            scope.spawn(move || {
                loop {
                    let item = next.fetch_add(1, Ordering::Relaxed);
                    if item >= count {
                        break;
                    }
                    let result = work(slot, item);
                    done.lock()
                        .unwrap_or_else(PoisonError::into_inner)
                        .push((item, result));
                }
            });
        }
    });
    let mut done = done.into_inner().unwrap_or_else(PoisonError::into_inner);
    done.sort_by_key(|(item, _)| *item);
    done.into_iter().map(|(_, result)| result).collect()
}

#[cfg(test)]
mod tests {
    use super::{each, run};
    use std::process::Command;
    use std::time::Duration;

    #[test]
    fn results_are_in_the_order_of_the_items() {
        assert_eq!(each(5, 3, |_, item| item * 2), [0, 2, 4, 6, 8]);
    }

    #[cfg(unix)]
    #[test]
    fn a_process_that_hangs_is_ended() {
        let ended = run(Command::new("sleep").arg("60"), Duration::from_millis(50));
        let ended = ended.expect("there is such a command");
        assert_eq!(ended.fault.as_deref(), Some("takes more than 0 s"));
    }
}
