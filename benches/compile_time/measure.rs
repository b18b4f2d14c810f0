//! Timing cargo over a leaf crate, and the peak memory of its rustc.
//!
//! Cargo calls this bench in the place of rustc for the leaf alone (`RUSTC_WORKSPACE_WRAPPER`): [`wrap`] runs rustc and
//! writes down what the kernel says about it. The dependencies are compiled by rustc itself.

use crate::Failure;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};
use std::{env, fs};

/// The file that the wrapper writes to. Where it is set, this program is called by cargo.
pub const REPORT: &str = "COTANGENT_COMPILE_TIME_REPORT";

/// The three things a user waits for.
pub const STEPS: [&[&str]; 3] = [&["check"], &["build"], &["build", "--release"]];

/// A crate to be compiled.
pub struct Leaf {
    pub name: String,
    pub folder: PathBuf,
    /// Where its dependencies are built; leaves with the same dependencies share it.
    pub target: PathBuf,
    /// The file that is edited, and its text before and after the edit.
    edited: PathBuf,
    texts: [String; 2],
    /// What cargo is told to compile: `--example NAME`, or nothing.
    selection: Vec<String>,
}

impl Leaf {
    /// Compiles an example instead of the program, and edits that.
    pub fn select(
        &mut self,
        folder: &Path,
        file: &str,
        text: &str,
        edit: Edit,
        name: &str,
    ) -> Result<(), Failure> {
        let edited = edited(text, edit).ok_or_else(|| format!("{name} has no `{}`", edit.0))?;
        self.edited = self.folder.join(folder).join(file);
        self.texts = [text.to_owned(), edited];
        self.selection = vec!["--example".to_owned(), name.to_owned()];
        Ok(())
    }
}

/// An edit of a source: what is written there, and what is written instead. Of several places it is the middle one.
pub type Edit = (&'static str, &'static str);

/// What one step took. The processor time and the memory are unknown where the system does not say.
#[derive(Clone, Copy, Default)]
pub struct Cost {
    /// Seconds that cargo took.
    pub wall: f64,
    /// Seconds of processor time of rustc and the linker.
    pub processor: f64,
    /// The peak resident set of rustc or of the linker, whichever is larger, in MiB.
    pub memory: f64,
}

/// The costs of [`STEPS`].
pub type Costs = [Cost; 3];

/// Writes a leaf crate below `home`.
pub fn write(
    home: &Path,
    target: &str,
    name: &str,
    dependencies: &str,
    source: &str,
    edit: Edit,
) -> Result<Leaf, Failure> {
    let edited = edited(source, edit).ok_or_else(|| format!("{name} has no `{}`", edit.0))?;
    let folder = home.join(name);
    fs::create_dir_all(folder.join("src"))?;
    let manifest = format!(
        "[package]\nname = \"{name}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[features]\ncount = []\n\n\
         [dependencies]\n{dependencies}\n\n[profile.dev]\ndebug = \"line-tables-only\"\n\n[workspace]\n"
    );
    fs::write(folder.join("Cargo.toml"), manifest)?;
    fs::write(folder.join("src/main.rs"), source)?;
    Ok(Leaf {
        name: name.to_owned(),
        edited: folder.join("src/main.rs"),
        folder,
        target: home.join(target),
        texts: [source.to_owned(), edited],
        selection: Vec::new(),
    })
}

fn edited(source: &str, (from, to): Edit) -> Option<String> {
    let places: Vec<usize> = source.match_indices(from).map(|(place, _)| place).collect();
    let &place = places.get(places.len() / 2)?;
    Some([&source[..place], to, &source[place + from.len()..]].concat())
}

/// As [`write`], with the library of `root` and its locked dependencies.
pub fn write_ours(
    root: &Path,
    home: &Path,
    target: &str,
    name: &str,
    source: &str,
    edit: Edit,
) -> Result<Leaf, Failure> {
    let leaf = write(
        home,
        target,
        name,
        &format!("cotangent = {{ path = {root:?} }}"),
        source,
        edit,
    )?;
    fs::copy(root.join("Cargo.lock"), leaf.folder.join("Cargo.lock"))?;
    Ok(leaf)
}

/// Builds the dependencies, then runs every step of every leaf `runs` times in turn, and takes minima: what other programs on
/// the machine add is not of the compiler.
pub fn measure(leaves: &[Leaf], runs: usize) -> Result<Vec<Costs>, Failure> {
    let mut built = BTreeSet::new();
    for leaf in leaves.iter().filter(|leaf| built.insert(&leaf.target)) {
        eprintln!("building what {} needs", leaf.name);
        for step in STEPS {
            run(leaf, step)?;
        }
    }
    let mut costs: Vec<[Vec<Cost>; 3]> = leaves.iter().map(|_| Default::default()).collect();
    for round in 1..=runs {
        eprintln!("round {round} of {runs}");
        for (leaf, costs) in leaves.iter().zip(&mut costs) {
            for (step, costs) in STEPS.iter().zip(costs) {
                costs.push(run(leaf, step)?);
            }
        }
    }
    Ok(costs
        .iter()
        .map(|steps| steps.each_ref().map(|step| least(step)))
        .collect())
}

/// Each figure has its own minimum.
fn least(costs: &[Cost]) -> Cost {
    let of = |figure: fn(&Cost) -> f64| costs.iter().map(figure).fold(f64::NAN, f64::min);
    Cost {
        wall: of(|cost| cost.wall),
        processor: of(|cost| cost.processor),
        memory: of(|cost| cost.memory),
    }
}

/// One step on the leaf alone: its dependencies are there, and an op in its source is another than at the step before.
pub fn run(leaf: &Leaf, step: &[&str]) -> Result<Cost, Failure> {
    // There are three steps, so that each finds the text that it did not compile the last time.
    let [first, second] = &leaf.texts;
    let next = match fs::read_to_string(&leaf.edited)? == *first {
        true => second,
        false => first,
    };
    fs::write(&leaf.edited, next)?;
    let report = leaf.folder.join("report");
    if report.exists() {
        fs::remove_file(&report)?;
    }
    let start = Instant::now();
    let output = cargo(leaf)
        .args(step)
        .args(&leaf.selection)
        .args(["--offline", "--quiet"])
        .env("RUSTC_WORKSPACE_WRAPPER", env::current_exe()?)
        .env(REPORT, &report)
        .stderr(Stdio::piped())
        .output()?;
    let wall = start.elapsed().as_secs_f64();
    if !output.status.success() {
        let message = String::from_utf8_lossy(&output.stderr);
        return Err(format!(
            "cargo {} failed in {}\n{message}",
            step.join(" "),
            leaf.folder.display()
        )
        .into());
    }
    let report = fs::read_to_string(&report)
        .map_err(|_| format!("{}: the leaf was not compiled", leaf.name))?;
    let mut figures = report
        .split_whitespace()
        .map(|figure| figure.parse().unwrap_or(f64::NAN));
    let mut next = || figures.next().unwrap_or(f64::NAN);
    let (processor, memory) = (next(), next());
    Ok(Cost {
        wall,
        processor,
        memory,
    })
}

/// What the program of a leaf prints.
pub fn output(leaf: &Leaf, arguments: &[&str]) -> Result<String, Failure> {
    let output = cargo(leaf)
        .args(["run", "--offline", "--quiet"])
        .args(arguments)
        .stderr(Stdio::inherit())
        .output()?;
    if !output.status.success() {
        return Err(format!("the program of {} failed", leaf.name).into());
    }
    Ok(String::from_utf8(output.stdout)?.trim().to_owned())
}

/// Cargo in the folder of a leaf; nothing incremental.
pub fn cargo(leaf: &Leaf) -> Command {
    let mut command = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command
        .current_dir(&leaf.folder)
        .env("CARGO_TARGET_DIR", &leaf.target)
        .env("CARGO_INCREMENTAL", "0");
    command
}

/// What cargo calls for the leaf: `arguments` are rustc and its arguments. Returns the exit code of rustc.
pub fn wrap(report: &Path, arguments: &[String]) -> Result<i32, Failure> {
    let [rustc, arguments @ ..] = arguments else {
        return Err("the wrapper was called without a compiler".into());
    };
    let status = Command::new(rustc).args(arguments).status()?;
    // Cargo also asks rustc for its version and its targets, under the crate name `___`.
    let name = arguments
        .iter()
        .skip_while(|&argument| argument != "--crate-name")
        .nth(1);
    if name.is_some_and(|name| name != "___") {
        let (processor, memory) = children().unwrap_or((f64::NAN, f64::NAN));
        fs::write(report, format!("{processor} {memory}\n"))?;
    }
    Ok(status.code().unwrap_or(1))
}

/// The processor time in seconds of the children of this process and of theirs, and the largest peak in MiB among them.
#[cfg(unix)]
fn children() -> Option<(f64, f64)> {
    use nix::sys::resource::{UsageWho, getrusage};
    let usage = getrusage(UsageWho::RUSAGE_CHILDREN).ok()?;
    let seconds = |t: nix::sys::time::TimeVal| {
        Duration::from_secs(t.tv_sec().try_into().ok()?)
            .checked_add(Duration::from_micros(t.tv_usec().try_into().ok()?))
    };
    let processor = seconds(usage.user_time())?.checked_add(seconds(usage.system_time())?)?;
    // Linux and the BSDs count in KiB, macOS in bytes.
    let unit = if cfg!(target_vendor = "apple") {
        1.0
    } else {
        1024.0
    };
    Some((
        processor.as_secs_f64(),
        usage.max_rss() as f64 * unit / 1_048_576.0,
    ))
}

#[cfg(not(unix))]
fn children() -> Option<(f64, f64)> {
    None
}
