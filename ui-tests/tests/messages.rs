//! What a user reads, held to rules. The rules are about the first error of each program: what scrolls by last in a
//! terminal is read first, and what is fixed first is the first error.

use std::path::Path;
use ui_tests::{Sources, repository, subjects};

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
    (
        "group/fail/gradient_of_other_fields",
        "rustc gives the type of what a pattern takes apart",
    ),
    (
        "graph/fail/gradients_as_a_tuple",
        "rustc gives the type of what a pattern takes apart",
    ),
    (
        "graph/fail/gradients_for_a_value",
        "the list is what was given",
    ),
    (
        "graph/fail/gradients_too_many",
        "rustc gives the type of what a pattern takes apart",
    ),
    (
        "graph/fail/tangent_of_labels",
        "rustc names the list of the results",
    ),
    (
        "group/fail/repeat_of_two_results",
        "rustc names the list of the results",
    ),
    (
        "loop/fail/state_of_another_shape",
        "rustc names the list of the results",
    ),
    (
        "loop/fail/three_results",
        "rustc names the list of the results",
    ),
    ("group/fail/list_for_a_group", "the list is what was given"),
    (
        "macro/fail/graph_as_a_value",
        "rustc gives the type of the graph",
    ),
    (
        "shape/fail/operator_on_other_lists",
        "rustc gives the types of both sides of an operator",
    ),
    (
        "context/fail/eval_of_another_context",
        "the list is what the graph takes",
    ),
    (
        "context/fail/too_few_inputs",
        "the list is what the graph takes",
    ),
    (
        "graph/fail/environment_entry_missing",
        "the list is what the graph takes",
    ),
    (
        "graph/fail/environment_in_another_order",
        "the list is what the graph takes",
    ),
    (
        "graph/fail/state_of_a_trainer",
        "the lists are what the graph takes and returns",
    ),
    (
        "group/fail/array_on_the_stack",
        "the list is what the graph takes",
    ),
    ("group/fail/flat_values", "the list is what the graph takes"),
    (
        "group/fail/layer_missing",
        "the list is what the graph takes",
    ),
];

/// Messages of more lines: how many, and why.
const LONG: &[(&str, usize, &str)] = &[
    (
        "dim/fail/generic_sum",
        14,
        "rustc shows the parameter, and proposes a bound",
    ),
    (
        "dim/fail/product_in_the_other_order",
        14,
        "rustc shows both parameters, and says that they are two",
    ),
    (
        "dim/fail/product_not_named",
        14,
        "rustc shows the parameter, and proposes a bound",
    ),
    (
        "graph/fail/seed_shape",
        13,
        "rustc shows the method; its parameter gives a tensor its shape",
    ),
    (
        "graph/fail/state_of_a_trainer",
        14,
        "rustc shows the method",
    ),
    (
        "group/fail/argument_of_a_group_missing",
        17,
        "rustc shows the struct, and proposes an argument",
    ),
    (
        "group/fail/computed_dim_of_a_field_not_named",
        17,
        "rustc shows the struct, and proposes a where clause",
    ),
    (
        "group/fail/group_for_a_tensor",
        15,
        "rustc shows the function of the op",
    ),
    ("macro/fail/constant_of_text", 14, "rustc names the trait"),
    (
        "macro/fail/graph_as_a_value",
        16,
        "rustc shows the method; a judgement in place of its parameter is one more for each node",
    ),
    (
        "macro/fail/graph_of_another_invocation",
        18,
        "rustc shows the function, and the line without the arguments, in two lines",
    ),
    (
        "macro/fail/op_in_a_use",
        15,
        "rustc shows the function, and proposes an argument",
    ),
    (
        "macro/fail/op_argument_missing",
        15,
        "rustc shows the function, and proposes an argument",
    ),
    (
        "macro/fail/op_argument_too_many",
        16,
        "rustc shows the function, and the line without the argument, in two lines",
    ),
    (
        "op/fail/exp_in_every_field",
        16,
        "rustc shows the method, and proposes a bound",
    ),
    (
        "op/fail/argument_missing",
        15,
        "rustc shows the function, and proposes an argument",
    ),
    (
        "rule/fail/exp_in_a_field",
        15,
        "rustc shows the method, whose bound is about the recorder and not about a parameter",
    ),
    (
        "rule/fail/op_on_other_shapes",
        15,
        "rustc shows the function, which is the user's",
    ),
    (
        "rule/fail/snoc_over_another_context",
        15,
        "rustc shows the method; its parameter is over the whole context",
    ),
    (
        "rule/fail/transposition_forgotten",
        15,
        "rustc shows the method; a judgement in its place has 22 lines",
    ),
    (
        "shape/fail/difference_over_min_plus",
        13,
        "rustc shows the scalar, which is not a ring",
    ),
    (
        "shape/fail/rows_of_a_scalar",
        14,
        "rustc shows the method, and the judgement has a note more than that of `item`",
    ),
    (
        "shape/fail/other_shape",
        15,
        "rustc shows the function, which is the user's",
    ),
    (
        "graph/fail/gradients_for_a_value",
        15,
        "rustc shows the function of the op",
    ),
    (
        "graph/fail/results_in_an_expression",
        15,
        "rustc shows the function of the op",
    ),
    (
        "graph/fail/tensor_for_a_key",
        15,
        "rustc shows the function of the op",
    ),
    (
        "group/fail/fields_swapped",
        18,
        "rustc shows the struct, and proposes to swap the arguments",
    ),
    (
        "group/fail/kind_not_known",
        16,
        "rustc shows the struct, and proposes a type",
    ),
    (
        "op/fail/argmax_of_labels",
        15,
        "rustc shows the function of the op",
    ),
    (
        "op/fail/adaptive_pool_generic",
        13,
        "rustc proposes a bound",
    ),
    (
        "op/fail/attention_no_mask",
        14,
        "rustc shows the function of the op",
    ),
    (
        "op/fail/rotary_position",
        14,
        "rustc shows the function of the op",
    ),
    (
        "op/fail/upsample_by_none",
        15,
        "rustc shows the one impl of the judgement",
    ),
    (
        "op/fail/select_of_a_tensor",
        15,
        "rustc shows the function of the op",
    ),
    (
        "op/fail/select_of_labels",
        15,
        "rustc shows the function of the op",
    ),
    (
        "context/fail/group_for_a_context",
        17,
        "rustc shows the struct, and the impl for lists; hidden, it would be the reason in messages about fields",
    ),
    ("graph/fail/dim_too_many", 13, "rustc shows the function"),
    (
        "graph/fail/environment_not_given",
        15,
        "rustc shows the method, and proposes an argument",
    ),
    (
        "graph/fail/one_pair_of_parentheses",
        16,
        "rustc shows the function, and the line without the argument, in two lines",
    ),
    (
        "shape/fail/zeros_of_no_shape",
        16,
        "rustc shows the bound, and proposes a type",
    ),
];

/// Messages with a path into a module of this crate, and why.
const PATHS: &[(&str, &str)] = &[
    (
        "op/fail/adaptive_pool_generic",
        "rustc names the case of the judgement",
    ),
    (
        "op/fail/rotary_position",
        "rustc names a trait that is in no prelude",
    ),
    (
        "op/fail/upsample_by_none",
        "rustc names the case of the judgement",
    ),
    (
        "graph/fail/state_of_a_trainer",
        "rustc names a method by the module of its impl, and training is above graphs",
    ),
    (
        "rule/fail/exp_in_a_field",
        "rustc names a method by the module of its impl, and each op has its file",
    ),
];

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

fn messages() -> Vec<Message> {
    let sources = Sources::read(&repository()).unwrap_or_else(|mistakes| panic!("{mistakes}"));
    let message = |program: ui_tests::Program| Message {
        first_error: program.first_error(),
        name: program.name,
    };
    sources.programs.into_iter().map(message).collect()
}

/// Reports all violations at once.
fn demand(check: impl Fn(&Message) -> Option<String>) {
    let violations: Vec<String> = messages().iter().filter_map(check).collect();
    assert!(violations.is_empty(), "\n{}", violations.join("\n"));
}

#[test]
fn there_are_programs_of_every_kind() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let failing = messages().len();
    let mut passing = 0;
    for subject in subjects(&repository()).expect("the folders of programs") {
        let good = std::fs::read_dir(root.join(&subject).join("pass")).expect(&subject);
        let good = good.count();
        assert!(good > 0, "{subject}");
        passing += good;
    }
    assert!(
        failing >= 120 && passing >= 10,
        "{failing} programs fail, {passing} pass"
    );
}

#[test]
fn every_exception_has_a_program() {
    let messages = messages();
    let long = LONG.iter().map(|(name, ..)| name);
    let others = CONTEXTS.iter().chain(PATHS).map(|(name, _)| name);
    for name in long.chain(others) {
        assert!(
            messages.iter().any(|message| message.name == *name),
            "{name}"
        );
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

/// Whether a line has a path into a module of this crate: `cotangent::dim::N`, or `op::exp::<…>` in the words of rustc.
fn has_module(line: &str) -> bool {
    const OURS: [&str; 12] = [
        "context", "dim", "env", "graph", "handle", "laws", "op", "prelude", "program", "scalar",
        "shape", "tensor",
    ];
    let is_part = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let ends_with = |before: &str, module: &str| {
        before
            .strip_suffix(module)
            .is_some_and(|rest| !rest.ends_with(is_part))
    };
    line.match_indices("::")
        .any(|(i, _)| OURS.iter().any(|module| ends_with(&line[..i], module)))
}

#[test]
fn paths_into_modules_are_found() {
    for line in [
        "the trait `cotangent::shape::Window<N<5>>`",
        "required by a bound in `op::exp::<impl Recorder<N>>::exp`",
    ] {
        assert!(has_module(line), "{line}");
    }
    for line in [
        "expected struct `cotangent::Tensor<f32, (cotangent::N<3>,)>`",
        "`num_rational::Ratio<num_bigint::bigint::BigInt>`",
        "required by a bound in `GraphData::<A, D, G, Ss>::node`",
    ] {
        assert!(!has_module(line), "{line}");
    }
}

#[test]
fn no_message_speaks_of_what_is_ours() {
    const OURS: [&str; 13] = [
        "__private",
        "__cotangent",
        "__g",
        "__Kind",
        "__Scalar",
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
