//! What is published has its licences, and says what it is and where more is.

use super::documents::{links, root};
use std::fs;
use std::path::PathBuf;

/// The folders of the crates that are published.
const PUBLISHED: [&str; 4] = ["", "kernels", "macros", "trybuild"];

fn read(path: PathBuf) -> String {
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The section `[package]` of a crate.
fn package(folder: &str) -> String {
    let manifest = read(root().join(folder).join("Cargo.toml"));
    let (_, package) = manifest.split_once("[package]\n").expect("a package");
    package.split("\n[").next().unwrap_or_default().to_owned()
}

#[test]
fn a_published_crate_says_all_that_a_registry_shows() {
    for folder in PUBLISHED {
        let package = package(folder);
        for key in [
            "description",
            "documentation",
            "keywords",
            "categories",
            "readme",
        ] {
            assert!(
                package
                    .lines()
                    .any(|line| line.starts_with(&format!("{key} = "))),
                "`{folder}`: {key}"
            );
        }
        for key in ["edition", "license", "repository", "rust-version"] {
            assert!(
                package.contains(&format!("{key}.workspace = true\n")),
                "`{folder}`: {key}"
            );
        }
        assert!(!read(root().join(folder).join("README.md")).is_empty());
        for licence in ["LICENSE-MIT", "LICENSE-APACHE"] {
            assert_eq!(
                read(root().join(folder).join(licence)),
                read(root().join(licence)),
                "`{folder}`"
            );
        }
    }
}

/// A crate that is not in the list says that it is none.
#[test]
fn the_other_crates_are_not_published() {
    let manifest = read(root().join("Cargo.toml"));
    let members = manifest
        .split("members = [")
        .nth(1)
        .and_then(|rest| rest.split(']').next());
    for member in members
        .expect("members")
        .split(", ")
        .map(|name| name.trim_matches('"'))
    {
        let is_published = !package(member).contains("publish = false");
        assert_eq!(is_published, PUBLISHED.contains(&member), "`{member}`");
    }
}

/// The links of a README lead to files that are in the package.
#[test]
fn links_of_a_readme_lead_to_files_that_are_packaged() {
    let left_out: Vec<String> = package("")
        .lines()
        .find_map(|line| line.strip_prefix("exclude = ["))
        .expect("what is left out")
        .split('"')
        .filter_map(|name| name.strip_prefix('/').map(str::to_owned))
        .collect();
    for folder in PUBLISHED {
        let text = read(root().join(folder).join("README.md"));
        for link in links(&text) {
            let path = link.split('#').next().unwrap_or_default();
            if path.is_empty() || link.starts_with("https://") {
                continue;
            }
            assert!(
                root().join(folder).join(path).exists(),
                "`{folder}`: {link}"
            );
            assert!(
                !left_out.iter().any(|out| path.starts_with(out.as_str())),
                "`{folder}`: {link} is not packaged"
            );
        }
    }
}
