//! The public items that rustdoc's page of all items lists: what is `#[doc(hidden)]` is not there, and what is exported
//! twice is there twice.

use std::path::Path;
use std::process::Command;
use std::{env, fs, io};

/// Documents the library in a checkout, and counts.
pub fn items(root: &Path) -> io::Result<usize> {
    let target = env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), Into::into);
    let cargo = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let status = Command::new(cargo)
        .args(["doc", "--quiet", "--no-deps", "--package", "cotangent"])
        .current_dir(root)
        .env("CARGO_TARGET_DIR", &target)
        .status()?;
    if !status.success() {
        return Err(io::Error::other(format!("cargo doc: {status}")));
    }
    Ok(count(&fs::read_to_string(
        target.join("doc/cotangent/all.html"),
    )?))
}

/// The entries of the lists of a page of all items.
fn count(page: &str) -> usize {
    let lists = page.split("<ul class=\"all-items\">").skip(1);
    let lists = lists.filter_map(|list| list.split("</ul>").next());
    lists.map(|list| list.matches("<li>").count()).sum()
}

#[test]
fn entries_of_lists_count() {
    let page = "<ul><li>menu</li></ul><ul class=\"all-items\"><li>a</li><li>b</li></ul><ul class=\"all-items\"><li>c</li></ul>";
    assert_eq!(count(page), 3);
}
