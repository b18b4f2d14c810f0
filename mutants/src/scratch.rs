//! A copy of the sources in the target folder, in which one mistake at a time is made. What was built of the others is
//! kept, so that a mutant costs one build of the library and of the judge.

use std::collections::BTreeSet;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};
use std::{env, fs, thread};
use walkdir::{DirEntry, WalkDir};

/// How long the judge may take. It takes seconds, or a minute where others use the machine; a mutant of a loop may not end.
const LIMIT: Duration = Duration::from_secs(300);

/// The copy.
pub struct Scratch {
    tree: PathBuf,
    target: PathBuf,
}

/// What came of a run of the judge.
pub enum Judged {
    /// It does not compile, and this is why.
    NotBuilt(String),
    /// It ended in another way than with its last line.
    Crashed(String),
    /// It took longer than it may.
    TimedOut,
    /// The laws that do not hold, with their places.
    Findings(Vec<(String, String)>),
}

impl Scratch {
    /// Copies the sources, as far as they are not there already.
    pub fn of(root: &Path) -> io::Result<Self> {
        let target =
            env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), PathBuf::from);
        let folder = target.join("mutants");
        let scratch = Scratch {
            tree: folder.join("tree"),
            target: folder.join("target"),
        };
        let mut copied = BTreeSet::new();
        for path in files(root, &target)? {
            let to = scratch.tree.join(&path);
            write(&to, &fs::read(root.join(path))?)?;
            copied.insert(to);
        }
        for old in files(&scratch.tree, &target)? {
            let old = scratch.tree.join(old);
            if !copied.contains(&old) {
                fs::remove_file(old)?;
            }
        }
        Ok(scratch)
    }

    /// The judge of the copy with this text in place of a file, which is put back. One of the laws is enough.
    pub fn judge_with(&self, file: &Path, text: &str, laws: &[String]) -> io::Result<Judged> {
        let here = self.tree.join(file);
        let before = fs::read(&here)?;
        write(&here, text.as_bytes())?;
        let judged = self.judge(laws);
        write(&here, &before)?;
        judged
    }

    /// The judge of the copy as it is, with all laws, or until one of these does not hold.
    pub fn judge(&self, laws: &[String]) -> io::Result<Judged> {
        let cargo = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        let built = Command::new(cargo)
            .args(["build", "--quiet", "--locked", "--package", "mutants-judge"])
            .arg("--manifest-path")
            .arg(self.tree.join("Cargo.toml"))
            .arg("--target-dir")
            .arg(&self.target)
            // A mutant may leave a variable unused.
            .env("RUSTFLAGS", "--cap-lints=allow")
            .env("CARGO_INCREMENTAL", "1")
            .env("CARGO_PROFILE_DEV_DEBUG", "0")
            .output()?;
        if !built.status.success() {
            return Ok(Judged::NotBuilt(
                String::from_utf8_lossy(&built.stderr).into_owned(),
            ));
        }
        let mut judge = Command::new(self.target.join("debug/judge"));
        judge.args(laws);
        let Some(output) = within(LIMIT, judge)? else {
            return Ok(Judged::TimedOut);
        };
        let text = String::from_utf8_lossy(&output.stdout);
        let lines = text.lines().filter_map(|line| line.split_once('\t'));
        let mut findings: Vec<(String, String)> = lines
            .map(|(law, place)| (law.to_owned(), place.to_owned()))
            .collect();
        Ok(match findings.pop() {
            Some((law, _)) if law == "checks" && output.status.success() => {
                Judged::Findings(findings)
            }
            _ => Judged::Crashed(String::from_utf8_lossy(&output.stderr).into_owned()),
        })
    }
}

/// The files of a folder, from there, without hidden ones and without what cargo has built.
fn files(root: &Path, target: &Path) -> io::Result<Vec<PathBuf>> {
    let mut all = Vec::new();
    if !root.exists() {
        return Ok(all);
    }
    let is_source = |entry: &DirEntry| {
        let name = entry.file_name();
        let hidden = name.to_string_lossy().starts_with('.');
        entry.depth() == 0 || !(hidden || name == "target" || entry.path() == target)
    };
    for entry in WalkDir::new(root).into_iter().filter_entry(is_source) {
        let entry = entry?;
        if entry.file_type().is_file() {
            let path = entry.path().strip_prefix(root).map_err(io::Error::other)?;
            all.push(path.to_owned());
        }
    }
    Ok(all)
}

/// Writes a file if it is another: cargo builds anew what was written.
fn write(path: &Path, bytes: &[u8]) -> io::Result<()> {
    if fs::read(path).is_ok_and(|old| old == bytes) {
        return Ok(());
    }
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    fs::write(path, bytes)
}

/// The output of a command, or nothing if it does not end in time.
fn within(limit: Duration, mut command: Command) -> io::Result<Option<Output>> {
    let mut child = command
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()?;
    let start = Instant::now();
    // The judge prints less than a pipe holds.
    while child.try_wait()?.is_none() {
        if start.elapsed() > limit {
            child.kill()?;
            child.wait()?;
            return Ok(None);
        }
        thread::sleep(Duration::from_millis(20));
    }
    child.wait_with_output().map(Some)
}
