//! The programs of `examples/`, copied into a crate of their own, each with an op that is edited.

use crate::Failure;
use crate::measure::{self, Costs, Edit};
use std::fs;
use std::path::Path;

/// Its name, the file that is edited, and the edit.
const EXAMPLES: [(&str, &str, Edit); 9] = [
    ("quickstart", "quickstart.rs", ("w) + b", "w) - b")),
    ("explain", "explain.rs", ("relu(", "abs(")),
    ("custom_op", "custom_op.rs", ("sum(relu", "sum(abs")),
    ("hessian", "hessian/model.rs", ("relu(z)", "abs(z)")),
    (
        "shortest_paths",
        "shortest_paths/ways.rs",
        ("matmul(in_2, in_2)", "matmul(in_2, steps)"),
    ),
    ("pendulum", "pendulum/model.rs", (" tanh(", " sin(")),
    ("digits", "digits/model.rs", ("relu(", "abs(")),
    ("certified_digits", "digits/model.rs", ("relu(", "abs(")),
    (
        "transformer",
        "transformer/model.rs",
        ("+ p.places", "- p.places"),
    ),
];

/// What they use besides this library.
const DEPENDENCIES: &str = "fastrand = \"2\"\nflate2 = \"1\"\n\
                            indicatif = { version = \"0.18\", default-features = false }\n\
                            num-rational = \"0.4\"\nnum-traits = \"0.2\"\n\
                            petgraph = { version = \"0.8.3\", default-features = false }\nthiserror = \"2\"";

pub fn run(root: &Path, home: &Path, runs: usize) -> Result<(), Failure> {
    let mut leaves = Vec::new();
    for (name, file, edit) in EXAMPLES {
        let from = root.join("examples");
        let source = fs::read_to_string(from.join(file))?;
        let dependencies = format!("cotangent = {{ path = {root:?} }}\n{DEPENDENCIES}");
        let crate_name = format!("example_{name}");
        let mut leaf = measure::write(
            home,
            "target",
            &crate_name,
            &dependencies,
            "fn main() {}\n",
            ("()", "( )"),
        )?;
        fs::copy(root.join("Cargo.lock"), leaf.folder.join("Cargo.lock"))?;
        copy(&from, &leaf.folder.join("examples"))?;
        leaf.select("examples".as_ref(), file, &source, edit, name)?;
        leaves.push(leaf);
    }
    let costs = measure::measure(&leaves, runs)?;
    println!("| example | check | debug build | release build |\n| --- | ---: | ---: | ---: |");
    for ((name, ..), costs) in EXAMPLES.iter().zip(&costs) {
        print_row(name, costs);
    }
    Ok(())
}

fn print_row(name: &str, costs: &Costs) {
    print!("| `{name}` |");
    for cost in costs {
        print!(" {:.2} s ({:.2} s) |", cost.wall, cost.processor);
    }
    println!();
}

/// Copies the files of a folder, and of those in it.
fn copy(from: &Path, to: &Path) -> Result<(), Failure> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        match entry.file_type()?.is_dir() {
            true if entry.file_name() == "guarded" => {}
            true => copy(&entry.path(), &target)?,
            false => drop(fs::copy(entry.path(), target)?),
        }
    }
    Ok(())
}
