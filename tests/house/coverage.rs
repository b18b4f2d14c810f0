//! No op without its checks: each function that a family of `src/op/` exports has a block of `law_tests!` in its file, whose
//! shapes the macro demands, and is held against JAX in `tests/ops/reference.rs` or `tests/ops/reference_programs.rs`,
//! or says why it is not. Users find it in the table of `src/op/mod.rs` and in the prelude.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// Ops that are not compared to JAX, each with the reason.
const NOT_IN_REFERENCE: &[(&str, &str)] = &[
    ("abs", "two relus, which have a case"),
    (
        "batch_norm_inference",
        "batch_norm records it, and has a case",
    ),
    (
        "broadcast",
        "copies; the broadcasting of add, sub, mul and div has cases",
    ),
    ("broadcast_axis", "copies, as broadcast"),
    ("channel_mean", "batch_norm records it, and has a case"),
    ("channel_variance", "batch_norm records it, and has a case"),
    ("constant", "is what it was given"),
    ("flatten", "moves no element"),
    ("flatten_rows", "moves no element"),
    ("identity", "is its input"),
    (
        "matmul_nt",
        "the contraction of matmul with its labels in another order",
    ),
    (
        "matmul_tn",
        "the contraction of matmul with its labels in another order",
    ),
    ("max", "max_axis over all axes, which has cases, with ties"),
    ("minimum", "maximum, which has cases, of the negatives"),
    ("neg", "one rounding-free primitive"),
    (
        "next_key",
        "folds numbers into a key, which tests/values/keys.rs holds against JAX",
    ),
    ("offset", "one addition, which has a case"),
    ("reshape", "moves no element"),
    ("scale", "one product, which has a case"),
    ("square", "a product, which has a case"),
    ("step", "a comparison; its derivative is 0"),
    ("sum_leading", "sum_axis over more axes, which has a case"),
];

/// The files in a folder of ops that are none.
const PARTS: [&str; 3] = ["elementwise/comparand", "sequence/heads", "sequence/mask"];

/// From the `pub use family/file::{Item, item};` of all families: for each function (lower case) its file. `einsum` is a
/// macro over an op.
fn functions(list: &str) -> BTreeMap<String, String> {
    let mut functions = BTreeMap::new();
    for exported in list.split("\npub use ").skip(1) {
        let exported = exported.split(';').next().unwrap_or_default();
        let Some((file, items)) = exported.split_once("::") else {
            continue;
        };
        if PARTS.contains(&file) {
            continue;
        }
        let items = items.split([',', '{', '}']).map(str::trim);
        let macros = file.ends_with("einsum").then_some("einsum");
        for name in items.chain(macros) {
            if name.starts_with(|c: char| c.is_ascii_lowercase()) {
                functions.insert(name.to_owned(), file.to_owned());
            }
        }
    }
    functions
}

/// The names of the blocks of `law_tests!` in a file that have two small graphs and a middle one.
fn blocks(source: &str) -> Vec<String> {
    let code = source
        .lines()
        .filter(|line| !line.trim_start().starts_with("//"));
    let code: Vec<&str> = code.collect();
    let code = code.join("\n");
    let starts = code.split("law_tests! {").skip(1);
    let named = starts.filter_map(|block| {
        let (name, rest) = block.split_once(':')?;
        let rest = rest.split("\n    }").next()?;
        let count = |word: &str| {
            rest.lines()
                .filter(|line| line.trim_start().starts_with(word))
                .count()
        };
        (count("small(") == 2 && count("middle(") == 1).then(|| name.trim().to_owned())
    });
    named.collect()
}

/// Whether a graph calls the function, as `name(`, `name::<` or `name!(`, or by its operator; or a macro that makes graphs
/// is given it, `extreme!(name)`.
fn is_called(name: &str, cases: &str) -> bool {
    let operator = match name {
        "add" => " + ",
        "sub" => " - ",
        "mul" => " * ",
        "div" => " / ",
        _ => "",
    };
    let by_operator = !operator.is_empty() && cases.contains(operator);
    let is_part = |c: char| c.is_alphanumeric() || c == '_';
    by_operator
        || cases.match_indices(name).any(|(at, _)| {
            let (before, after) = (&cases[..at], &cases[at + name.len()..]);
            // In a graph, not the name of its case, which begins the line.
            let in_graph = !before.ends_with(is_part) && !before.ends_with("\n    ");
            let is_given = before.ends_with("!(") && after.starts_with(')');
            let calls = ["(", "::<", "!("];
            in_graph && (is_given || calls.iter().any(|call| after.starts_with(call)))
        })
}

/// What an op lacks. `file` gives the source of an op's file, `reference` is the text of the cases.
fn missing(
    list: &str,
    file: impl Fn(&str) -> String,
    reference: &str,
    excused: &[&str],
) -> Vec<String> {
    let mut missing = Vec::new();
    let known = functions(list);
    for (name, home) in known.clone() {
        let with_suffix = format!("{name}_");
        // The block of `max_axis` is none of `max`.
        let is_suffix =
            |block: &String| block.starts_with(&with_suffix) && !known.contains_key(block);
        let has_block = |block: &String| *block == name || is_suffix(block);
        if !blocks(&file(&home)).iter().any(has_block) {
            missing.push(format!("`{name}` has no `law_tests!` in src/op/{home}.rs"));
        }
        match (
            is_called(&name, reference),
            excused.contains(&name.as_str()),
        ) {
            (false, false) => missing.push(format!(
                "`{name}` has no case against JAX: add one to tests/ops/reference.rs, or a reason to tests/house/coverage.rs"
            )),
            (true, true) => missing.push(format!(
                "`{name}` has a case against JAX, and a reason for none"
            )),
            _ => {}
        }
    }
    missing
}

/// The part of `tests/ops/reference.rs` that is the list of cases.
fn cases(source: &str) -> &str {
    let cases = source.split_once("\ncases! {").map_or("", |(_, rest)| rest);
    cases.split_once("\n}").map_or(cases, |(cases, _)| cases)
}

fn read(path: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The folders of `src/op/`.
fn families() -> Vec<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/op");
    let entries = fs::read_dir(folder).expect("the folder");
    let paths = entries.map(|entry| entry.expect("an entry").path());
    let name = |path: PathBuf| Some(path.file_name()?.to_str()?.to_owned());
    let mut families: Vec<String> = paths.filter(|p| p.is_dir()).filter_map(name).collect();
    families.sort();
    families
}

/// What all families export, each file with its folder.
fn exports() -> String {
    let of = |family: &String| {
        let list = read(&format!("src/op/{family}/mod.rs"));
        list.replace("\npub use ", &format!("\npub use {family}/"))
    };
    families().iter().map(of).collect()
}

#[test]
fn no_op_lacks_its_checks() {
    let list = exports();
    let known = functions(&list);
    assert!(known.len() > 60, "the list was not read: {known:?}");
    for (name, reason) in NOT_IN_REFERENCE {
        assert!(known.contains_key(*name), "there is no op `{name}`");
        assert!(!reason.is_empty(), "no reason for `{name}`");
    }
    let excused: Vec<&str> = NOT_IN_REFERENCE.iter().map(|(name, _)| *name).collect();
    let programs = "tests/ops/reference_programs";
    let reference = [
        cases(&read("tests/ops/reference.rs")).to_owned(),
        cases(&read(&format!("{programs}.rs"))).to_owned(),
        read(&format!("{programs}/graphs.rs")),
        read(&format!("{programs}/computed.rs")),
    ]
    .join("\n");
    let file = |home: &str| read(&format!("src/op/{home}.rs"));
    let missing = missing(&list, file, &reference, &excused);
    assert!(missing.is_empty(), "{}", missing.join("\n"));
}

/// Which functions of `list` users do not find: in the table of `src/op/mod.rs`, and in the prelude.
fn not_found(list: &str, table: &str, prelude: &str) -> Vec<String> {
    let is_part = |c: char| c.is_alphanumeric() || c == '_';
    let names: BTreeSet<&str> = prelude.split(|c| !is_part(c)).collect();
    let mut missing = Vec::new();
    for name in functions(list).into_keys() {
        let forms = ["", "()", "!"].map(|end| format!("[`{name}{end}`]"));
        if !forms.iter().any(|form| table.contains(form)) {
            missing.push(format!("`{name}` is not in the table of src/op/mod.rs"));
        }
        if !names.contains(name.as_str()) {
            missing.push(format!("`{name}` is not in src/prelude.rs"));
        }
    }
    missing
}

#[test]
fn each_op_is_in_the_table_and_in_the_prelude() {
    let missing = not_found(&exports(), &read("src/op/mod.rs"), &read("src/prelude.rs"));
    assert!(missing.is_empty(), "{}", missing.join("\n"));
    let list = "\npub use a::{A, a, ab};\npub use einsum::Einsum;";
    let table = "//! | some | [`a()`] [`einsum!`](crate::einsum!) |";
    let missing = not_found(list, table, "pub use crate::op::{ab, einsum};");
    insta::assert_snapshot!(missing.join("\n"), @r"
    `a` is not in src/prelude.rs
    `ab` is not in the table of src/op/mod.rs
    ");
}

/// Every file of a family that is an op is in the list.
#[test]
fn no_file_is_left_out() {
    let listed: BTreeSet<String> = functions(&exports()).into_values().collect();
    for family in families() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("src/op")
            .join(&family);
        for entry in fs::read_dir(folder).expect("the folder") {
            let path = entry.expect("an entry").path();
            let name = path
                .file_stem()
                .and_then(|name| name.to_str())
                .expect("a name");
            let file = format!("{family}/{name}");
            assert!(
                name == "mod" || PARTS.contains(&file.as_str()) || listed.contains(&file),
                "src/op/{family}/mod.rs exports nothing of src/op/{file}.rs"
            );
        }
    }
}

/// On a made-up crate: ops without a block, with a block that is not whole, without a case.
#[test]
fn what_is_missing_is_found() {
    let list = "\npub use whole::{Whole, whole};\npub use two::{\n    First, Second, first, second,\n};\npub use einsum::Einsum;\npub use maxi::maxi;\n";
    let block = |name: &str| {
        format!(
            "    law_tests! {{\n        {name}:\n        small(|x: [1]| f(x));\n        small(|x: [2]| f(x));\n        middle(|x: [3]| f(x));\n    }}\n"
        )
    };
    let file = |home: &str| match home {
        "whole" => block("whole"),
        "two" => block("first").replace("middle", "muddle") + &block("third"),
        "einsum" => block("einsum_of_one"),
        _ => block("maximum") + &block("x").replace("law_tests", "// law_tests"),
    };
    let cases = "\n    whole(|x: [2]| whole(x));\n    second(|x: [2]| maximum(x));\n    e(|x: [2]| einsum!(\"i->\", x));";
    insta::assert_snapshot!(missing(list, file, cases, &["first", "whole"]).join("\n"), @r"
    `first` has no `law_tests!` in src/op/two.rs
    `maxi` has no `law_tests!` in src/op/maxi.rs
    `maxi` has no case against JAX: add one to tests/ops/reference.rs, or a reason to tests/house/coverage.rs
    `second` has no `law_tests!` in src/op/two.rs
    `second` has no case against JAX: add one to tests/ops/reference.rs, or a reason to tests/house/coverage.rs
    `whole` has a case against JAX, and a reason for none
    ");
    assert_eq!(
        missing("\npub use whole::{Whole, whole};", file, cases, &[]),
        [] as [&str; 0]
    );
}
