//! Passes inside of calls and loops.

use super::same::assert_same;
use crate::program::lines::program;
use crate::program::{inline, simplify};

const NESTED: &str = "function 0 step {
    %0 c: [2]
    %1 idle: [2]
    %2 h: [2]
    %3 only_itself: [2]
    %4 x: [2]
    %5 y: [2]
    %6 [2] = mul %4 %0
    %7 [2] = mul %0 %4
    %8 [2] = add %6 %2
    %9 [2] = exp %3
    %10 [2] = neg %5
    %11 [2] = neg %10
    %12 [2] = add %7 %1
    return %8 %9 %6 %12 %11
    }
    function 1 twice {
    %0: [2]
    %1: [2]
    %2: [3, 2]
    %3: [3, 2]
    %4 [2], %5 [2], %6 [3, 2], %7 [2], %8 [2], %9 [2], %10 [3, 2] = scan(f0, 3, 2, 2, [0, 0], [0, 1, 0]) %0 %1 %0 %1 %2 %3
    %11 [2] = add %5 %4
    return %4 %6 %11 %7
    }
    %0: [2]
    %1: [3, 2]
    %2 [2] = exp %0
    %3 [2], %4 [3, 2], %5 [2], %6 [2] = call(f1) %0 %2 %1 %1
    %7 [2], %8 [3, 2], %9 [2], %10 [2] = call(f1, checkpoint) %0 %2 %1 %1
    %11 [2], %12 [3, 2], %13 [2], %14 [2] = call(f1) %0 %2 %1 %1
    return %3 %12 %8";

/// Calls and loops of which not all is needed are those of smaller functions, and inputs that are not used stay.
#[test]
fn inside_of_calls_and_loops() {
    let nested = program(NESTED);
    let expected = "function 0 step {
        %0 c: [2]
        %1 h: [2]
        %2 x: [2]
        %3 [2] = mul %2 %0
        %4 [2] = add %3 %1
        return %4 %3
        }
        function 1 twice {
        %0: [2]
        %1: [3, 2]
        %2 [2], %3 [3, 2] = scan(f0, 3, 1, 1, [0], [0]) %0 %0 %1
        return %2 %3
        }
        function 2 step {
        %0 c: [2]
        %1 x: [2]
        %2 [2] = mul %1 %0
        return %2
        }
        function 3 twice {
        %0: [2]
        %1: [3, 2]
        %2 [3, 2] = scan(f2, 3, 1, 0, [0], [0]) %0 %1
        return %2
        }
        %0: [2]
        %1: [3, 2]
        %2 [2], %3 [3, 2] = call(f1) %0 %1
        %4 [3, 2] = call(f3, checkpoint) %0 %1
        return %2 %3 %4";
    let simple = simplify(&nested);
    assert_eq!(simple.to_string(), program(expected).to_string());
    assert_same("nested", &nested, &simple);
    assert_eq!(simplify(&simple), simple);
}

/// What is carried to what is needed is needed, over more than one step too.
#[test]
fn chains_of_carried_values() {
    let lines = "function 0 step {
        %0: [2]
        %1: [2]
        %2: [2]
        %3: [2]
        %4 [2] = neg %3
        return %1 %2 %0 %4
        }
        %0: [2]
        %1: [2]
        %2: [2]
        %3: [2]
        %4 [2], %5 [2], %6 [2], %7 [2] = scan(f0, 4, 0, 4, [], []) %0 %1 %2 %3
        return %4";
    let program = program(lines);
    let simple = simplify(&program);
    let text = simple.to_string();
    assert!(
        text.contains("= scan(f0, 4, 0, 3, [], []) %0 %1 %2\n"),
        "{text}"
    );
    assert_same("chain", &program, &simple);
}

/// A listed output goes only if no value of it is needed, and a loop may carry what is needed after its last step only.
#[test]
fn lists_of_values() {
    let lines = "function 0 step {
        %0: [2]
        %1: [2]
        %2: [2]
        %3 [2] = neg %1
        %4 [2] = exp %2
        return %3 %2 %0 %4 %3
        }
        %0: [2]
        %1: [2]
        %2 [2], %3 [2], %4 [2], %5 [2], %6 [2], %7 [2], %8 [2], %9 [2] = scan(f0, 2, 0, 2, [1], [1, 1, 1]) %0 %1 %0 %1
        return %3 %7";
    let program = program(lines);
    let simple = simplify(&program);
    let text = simple.to_string();
    assert!(
        text.contains("= scan(f0, 2, 0, 1, [1], [1]) %1 %0 %1"),
        "{text}"
    );
    assert_same("lists", &program, &simple);
}

/// Functions with rules keep what their rules take; so do loops of them.
#[test]
fn rules_stay() {
    let lines = "function 0 half {
        %0: [2]
        %1: [2]
        %2 [2] = scale(1) %0
        %3 [2] = exp %1
        return %2 %3
        } jvp {
        %0: [2]
        %1: [2]
        %2: [2]
        %3: [2]
        %4: [2]
        %5: [2]
        %6 [2] = mul %5 %3
        return %4 %6
        } vjp {
        %0: [2]
        %1: [2]
        %2: [2]
        %3: [2]
        %4: [2]
        %5: [2]
        %6 [2] = mul %5 %3
        %7 [2] = exp %6
        return %4 %6
        }
        %0: [2]
        %1 [2], %2 [2] = call(f0) %0 %0
        return %1";
    let program = program(lines);
    let simple = simplify(&program);
    let function = simple.functions()[0];
    assert_eq!(function.body().instructions().len(), 1);
    assert_eq!(function.body().outputs(), [0, 2]);
    let rule = function.rule().unwrap();
    assert_eq!(
        (rule.jvp.inputs().len(), rule.vjp.instructions().len()),
        (6, 1)
    );
    assert_eq!(simple.instructions()[0].arguments.len(), 2);
    assert_same("rule", &program, &simple);
}

#[test]
fn calls_are_written_out() {
    let nested = program(NESTED);
    let flat = inline(&nested).unwrap();
    assert_same("nested", &nested, &flat);
    let text = flat.to_string();
    assert_eq!(text.matches("call(").count(), 1, "{text}");
    assert!(
        text.contains("call(f1, checkpoint)") && text.contains("scan(f0"),
        "{text}"
    );
    // Calls inside of loops and checkpoints, with the names of the calls.
    let lines = "function 0 square {
        %0: [2]
        %1 [2] = mul %0 %0
        %2 [2] = neg %1; m neg
        return %2
        }
        function 1 step {
        %0: [2]
        %1: [2]
        %2 [2] = call(f0) %0
        %3 [2] = call(f0) %2; h square src/main.rs:3
        return %3 %1
        }
        %0: [2]
        %1: [3, 2]
        %2 [2], %3 [3, 2] = scan(f1, 3, 0, 1, [0], [0]) %0 %1
        %4 [2], %5 [2] = call(f1, checkpoint) %0 %2
        return %2 %4";
    let program = program(lines);
    let flat = inline(&program).unwrap();
    let text = flat.to_string();
    assert!(!text.contains("call(f0) "), "{text}");
    assert!(
        text.contains("= mul %3 %3; h square src/main.rs:3") && text.contains("; m neg"),
        "{text}"
    );
    assert_same("inside", &program, &flat);
}

/// A call that passes indices of a lower bound is written out if that gives results of the same types; else it stays.
#[test]
fn indices_of_lower_bounds() {
    let with = |results: &str, outputs: &str| {
        let lines = format!(
            "function 0 f {{
            %0: [2] < 5
            %1 [1, 2] < 5 = reshape([1, 2]) %0
            %2 [2] = full([2], 1)
            return {outputs}
            }}
            %0: [2] < 3
            {results} = call(f0) %0
            return %1"
        );
        program(&lines)
    };
    let stays = with("%1 [2], %2 [1, 2] < 5", "%2 %1");
    assert_eq!(inline(&stays), Ok(stays));
    let goes = with("%1 [2]", "%2");
    let expected = program(
        "%0: [2] < 3\n%1 [1, 2] < 3 = reshape([1, 2]) %0\n%2 [2] = full([2], 1)\nreturn %2",
    );
    assert_eq!(inline(&goes), Ok(expected));
}
