//! The pages that send a newcomer somewhere name files that exist, and commands that do.

use std::fs;
use std::path::Path;

const PAGES: [&str; 5] = [
    "docs/architecture.md",
    "docs/figures.md",
    "CONTRIBUTING.md",
    "src/op/README.md",
    "tests/reference/README.md",
];

/// Files that are to be written.
const MADE_UP: [&str; 2] = ["my_op", "bias"];

pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// What the links of a page lead to.
pub fn links(page: &str) -> impl Iterator<Item = &str> {
    let after = page.split("](").skip(1);
    after.filter_map(|rest| rest.split(')').next())
}

/// What is between backticks in a page and begins with a folder of the repository.
fn paths(page: &str) -> impl Iterator<Item = &str> {
    let quoted = page
        .lines()
        .flat_map(|line| line.split('`').skip(1).step_by(2));
    quoted.filter(|path| {
        let folder = path.split_once('/').map_or("", |(folder, _)| folder);
        let is_path = !path.contains(|c: char| c.is_whitespace() || "*{…".contains(c));
        is_path && !folder.is_empty() && root().join(folder).is_dir()
    })
}

/// The tests that the commands of a page name: `--test ops`.
fn tests(page: &str) -> impl Iterator<Item = &str> {
    let after = page.split("cargo test --test ").skip(1);
    after.filter_map(|rest| rest.split(|c: char| c.is_whitespace() || c == '`').next())
}

#[test]
fn what_the_pages_name_exists() {
    let mut wrong = Vec::new();
    let mut known = 0;
    for name in PAGES {
        let page = fs::read_to_string(root().join(name)).expect("a page");
        for path in paths(&page) {
            let is_made_up = path.contains("FAMILY") || MADE_UP.iter().any(|it| path.contains(it));
            known += 1;
            if !is_made_up && !root().join(path).exists() {
                wrong.push(format!("{name}: there is no {path}"));
            }
        }
        for test in tests(&page).filter(|test| *test != "FOLDER") {
            if !root().join("tests").join(test).join("main.rs").is_file() {
                wrong.push(format!("{name}: there is no test {test}"));
            }
        }
    }
    assert!(known > 60, "the pages were not read: {known}");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    let page = "`src/op/none.rs`, `src/op/*.rs`, `op/none.rs`\n`cargo test --test none`";
    assert_eq!(paths(page).collect::<Vec<_>>(), ["src/op/none.rs"]);
    assert_eq!(tests(page).collect::<Vec<_>>(), ["none"]);
}
