//! What a user reads, held to rules. The rules are about the first error of each program: what scrolls by last in a
//! terminal is read first, and what is fixed first is the first error.

use std::fs;
use std::path::{Path, PathBuf};

const SUBJECTS: [&str; 8] = [
    "dim", "shape", "context", "op", "einsum", "rule", "graph", "macro",
];
const LINES: usize = 12;

/// Messages with a whole context, and why.
const CONTEXTS: &[(&str, &str)] = &[
    (
        "context/fail/inputs_of_another_graph",
        "two whole contexts are compared",
    ),
    (
        "context/fail/pattern_too_long",
        "rustc gives the type of what a pattern takes apart",
    ),
    (
        "context/fail/pattern_too_short",
        "rustc gives the type of what a pattern takes apart",
    ),
];

/// Messages of more lines: how many, and why.
const LONG: &[(&str, usize, &str)] = &[
    (
        "context/fail/directions_of_another_context",
        15,
        "not looked at yet",
    ),
    (
        "context/fail/inputs_of_another_graph",
        15,
        "not looked at yet",
    ),
    (
        "context/fail/last_of_an_empty_list",
        13,
        "not looked at yet",
    ),
    ("context/fail/past_the_end", 13, "not looked at yet"),
    ("dim/fail/bound_missing", 15, "not looked at yet"),
    ("dim/fail/digit_of_1000", 15, "not looked at yet"),
    ("dim/fail/dim_of_1000", 13, "not looked at yet"),
    ("dim/fail/leading_zero", 13, "not looked at yet"),
    ("dim/fail/lower_digit_of_1000", 13, "not looked at yet"),
    ("dim/fail/not_a_dim", 13, "not looked at yet"),
    ("einsum/fail/batch_dim", 15, "not looked at yet"),
    ("einsum/fail/inner_dim", 15, "not looked at yet"),
    ("einsum/fail/rank", 15, "not looked at yet"),
    ("graph/fail/const_generic", 15, "not looked at yet"),
    ("graph/fail/const_generic_of_1000", 14, "not looked at yet"),
    ("graph/fail/node_by_hand", 15, "not looked at yet"),
    ("graph/fail/seed_shape", 13, "not looked at yet"),
    ("graph/fail/two_mistakes", 15, "not looked at yet"),
    ("graph/fail/vjp_of_a_matrix", 15, "not looked at yet"),
    ("macro/fail/op_argument_missing", 15, "not looked at yet"),
    ("macro/fail/op_argument_too_many", 16, "not looked at yet"),
    ("op/fail/argument_missing", 15, "not looked at yet"),
    ("op/fail/batch_sizes", 15, "not looked at yet"),
    ("op/fail/broadcast", 14, "not looked at yet"),
    ("op/fail/class_count", 15, "not looked at yet"),
    ("op/fail/embedding_bound", 15, "not looked at yet"),
    ("op/fail/exp_over_rationals", 14, "not looked at yet"),
    (
        "op/fail/exp_over_rationals_closure",
        13,
        "not looked at yet",
    ),
    ("op/fail/field_over_naturals", 13, "not looked at yet"),
    ("op/fail/label_count", 15, "not looked at yet"),
    ("op/fail/labels_as_a_value", 15, "not looked at yet"),
    ("op/fail/layer_norm_width", 15, "not looked at yet"),
    ("op/fail/lstm_width", 15, "not looked at yet"),
    ("op/fail/matmul_inner_dim", 15, "not looked at yet"),
    ("op/fail/matmul_large_dims", 15, "not looked at yet"),
    ("op/fail/matmul_rank", 15, "not looked at yet"),
    ("op/fail/max_axis_out_of_range", 14, "not looked at yet"),
    ("op/fail/max_of_no_entry", 14, "not looked at yet"),
    ("op/fail/mse_shapes", 15, "not looked at yet"),
    ("op/fail/permutation_too_short", 13, "not looked at yet"),
    ("op/fail/relu_over_a_prime_field", 13, "not looked at yet"),
    ("op/fail/select_shapes", 15, "not looked at yet"),
    ("op/fail/softmax_axis", 14, "not looked at yet"),
    ("op/fail/subtraction_over_min_plus", 13, "not looked at yet"),
    ("op/fail/subtraction_over_naturals", 13, "not looked at yet"),
    ("op/fail/transpose_rank", 15, "not looked at yet"),
    ("rule/fail/exp_in_a_field", 15, "not looked at yet"),
    ("rule/fail/jvp_of_another_shape", 15, "not looked at yet"),
    ("rule/fail/op_on_other_shapes", 15, "not looked at yet"),
    ("rule/fail/record_in_a_semiring", 15, "not looked at yet"),
    (
        "rule/fail/snoc_over_another_context",
        15,
        "not looked at yet",
    ),
    ("rule/fail/transposition_forgotten", 15, "not looked at yet"),
    ("shape/fail/array_of_1000", 14, "not looked at yet"),
    ("shape/fail/integers", 14, "not looked at yet"),
    ("shape/fail/other_shape", 15, "not looked at yet"),
    ("shape/fail/seven_dims", 15, "not looked at yet"),
];

/// Messages with a path into a module, and why.
const PATHS: &[(&str, &str)] = &[];

struct Message {
    /// `graph/fail/annotation`
    name: String,
    first_error: String,
}

impl Message {
    /// `excused`: it is in a list of exceptions. An exception that is no longer one has to leave its list.
    fn hold(&self, holds: bool, excused: bool, rule: &str) -> Option<String> {
        let Message { name, first_error } = self;
        match (holds, excused) {
            (true, true) => Some(format!("{name}: no exception needed any more: {rule}\n")),
            (false, false) => Some(format!("{name}: {rule}:\n{first_error}\n")),
            _ => None,
        }
    }
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn files(folder: &str, extension: &str) -> Vec<PathBuf> {
    let entries = fs::read_dir(root().join(folder)).expect(folder);
    let paths = entries.map(|entry| entry.expect(folder).path());
    let mut files: Vec<_> = paths
        .filter(|path| path.extension().is_some_and(|e| e == extension))
        .collect();
    files.sort();
    files
}

fn messages() -> Vec<Message> {
    let mut messages = Vec::new();
    for subject in SUBJECTS {
        for path in files(&format!("{subject}/fail"), "stderr") {
            let text = fs::read_to_string(&path).expect("a message");
            let stem = path
                .file_stem()
                .expect("a file")
                .to_string_lossy()
                .into_owned();
            messages.push(Message {
                name: format!("{subject}/fail/{stem}"),
                first_error: first_error(&text),
            });
        }
    }
    messages
}

/// From the first line that begins with `error` to the next blank line with `error`, `warning` or nothing after it.
fn first_error(text: &str) -> String {
    let mut lines = text
        .lines()
        .skip_while(|line| !line.starts_with("error"))
        .peekable();
    let mut error = String::new();
    while let Some(line) = lines.next() {
        let last = lines
            .peek()
            .is_none_or(|next| next.starts_with("error") || next.starts_with("warning"));
        if line.is_empty() && last {
            break;
        }
        error.push_str(line);
        error.push('\n');
    }
    error
}

/// Reports all violations at once.
fn demand(check: impl Fn(&Message) -> Option<String>) {
    let violations: Vec<String> = messages().iter().filter_map(check).collect();
    assert!(violations.is_empty(), "\n{}", violations.join("\n"));
}

#[test]
fn there_are_programs_of_every_kind() {
    let (mut failing, mut passing) = (0, 0);
    for subject in SUBJECTS {
        let programs = files(&format!("{subject}/fail"), "rs");
        let messages = files(&format!("{subject}/fail"), "stderr");
        let stems = |files: &[PathBuf]| {
            files
                .iter()
                .map(|file| file.with_extension(""))
                .collect::<Vec<_>>()
        };
        assert_eq!(
            stems(&programs),
            stems(&messages),
            "a message for each program"
        );
        let good = files(&format!("{subject}/pass"), "rs");
        assert!(!programs.is_empty() && !good.is_empty(), "{subject}");
        failing += programs.len();
        passing += good.len();
    }
    assert!(
        failing >= 30 && passing >= 10,
        "{failing} programs fail, {passing} pass"
    );
}

#[test]
fn every_exception_has_a_program() {
    let long = LONG.iter().map(|(name, ..)| name);
    let others = CONTEXTS.iter().chain(PATHS).map(|(name, _)| name);
    for name in long.chain(others) {
        assert!(root().join(format!("{name}.stderr")).exists(), "{name}");
    }
}

#[test]
fn messages_are_short() {
    demand(|message| {
        let lines = message.first_error.lines().count();
        let excused = LONG.iter().find(|(name, ..)| *name == message.name);
        if let Some((name, expected, _)) = excused.filter(|(_, expected, _)| *expected != lines) {
            return Some(format!("{name}: {lines} lines, not {expected}\n"));
        }
        message.hold(lines <= LINES, excused.is_some(), "at most 12 lines")
    });
}

#[test]
fn carets_are_in_the_file_of_the_user() {
    demand(|message| {
        let place = format!("--> {}.rs:", message.name);
        let line = message.first_error.lines().nth(1).unwrap_or_default();
        message.hold(line.contains(&place), false, "the caret is in the program")
    });
}

#[test]
fn sizes_are_decimal() {
    demand(|message| {
        let text = &message.first_error;
        let holds = !text.contains("UInt<") && !text.contains("UTerm");
        message.hold(holds, false, "no typenum numbers")
    });
}

#[test]
fn contexts_are_not_written_out() {
    demand(|message| {
        let nested = |line: &str| {
            let lists = line.split("HCons<").skip(1);
            // A second list begins before the first one has ended.
            lists.clone().count() > 1 && lists.take(1).any(|first| !first.contains("HNil>"))
        };
        let holds = !message.first_error.lines().any(nested);
        let excused = CONTEXTS.iter().any(|(name, _)| *name == message.name);
        message.hold(holds, excused, "no whole contexts")
    });
}

/// A path of types is at most `cotangent::N`: what is between is a matter of ours.
#[test]
fn no_paths_into_modules() {
    demand(|message| {
        // A line of a program, such as `3 |     let g = a::b::c();`, is the user's.
        let quoted = |line: &&str| line.trim_start().starts_with(|c: char| c.is_ascii_digit());
        let lines = message.first_error.lines().filter(|line| !quoted(line));
        let holds = lines
            .clone()
            .all(|line| !line.contains("<impl ") && !has_module(line));
        let excused = PATHS.iter().any(|(name, _)| *name == message.name);
        message.hold(holds, excused, "no path into a module")
    });
}

/// Whether a line has the name of a module, which is in lower case and has `::` before and after it.
fn has_module(line: &str) -> bool {
    let names: Vec<&str> = line.split("::").collect();
    names.windows(3).any(|names| {
        let before = names[0].ends_with(|c: char| c.is_ascii_lowercase());
        before && names[1].chars().all(|c| c.is_ascii_lowercase() || c == '_')
    })
}

#[test]
fn no_message_speaks_of_what_is_ours() {
    const OURS: [&str; 12] = [
        "__private",
        "__cotangent",
        "__g",
        "Combine<",
        "EndsWith<",
        "HasPlace<",
        "Reorder<",
        "Within<",
        "Digit",
        "Leading",
        "Small`",
        "following other types implement",
    ];
    demand(|message| {
        let holds = !OURS.iter().any(|word| message.first_error.contains(word));
        message.hold(holds, false, "no helper of this crate, no list of impls")
    });
}
