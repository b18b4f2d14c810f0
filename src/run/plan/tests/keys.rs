//! Keys and masks: the bits of the interpreter, everywhere that a plan draws.

use super::random::value;
use crate::program::lines::program;
use crate::program::{Program, Value};
use crate::run::plan::plan::{Inputs, Outputs};
use crate::run::plan::{Arena, Float, Plan, Threads};
use crate::tensor::{AnyTensor, Key, Type};
use fastrand::Rng;

/// The plan and the interpreter give equal values, which for scalars that are no sums is equal bits, on one to four threads; a step for
/// each instruction gives them, too.
fn held_over<T: Float>(program: &Program) {
    let mut rng = Rng::with_seed(5);
    let mut arena = Arena::<T>::new();
    let plans = [Plan::new(program), Plan::checked(program, 0)];
    let plans = plans.map(|plan| plan.expect("a plan"));
    for threads in 1..5 {
        arena.threads = Threads::of(threads).expect("few threads");
        let types = program.input_types().iter();
        let inputs: Vec<Value<T>> = types.map(|ty| value(&mut rng, ty)).collect();
        let expected = program.run(&inputs).expect("values");
        for plan in &plans {
            let got = plan.run_values(&mut arena, &inputs).expect("values");
            assert_eq!(got, expected, "{threads} threads\n{program}");
        }
    }
}

fn held(text: &str) {
    held_over::<f32>(&program(text));
    held_over::<f64>(&program(text));
}

#[test]
fn masks_of_every_length() {
    for len in (0..40).chain([63, 64, 65, 100, 1000, 1025]) {
        for keep in ["0", "1073741824", "4294967295", "4294967296"] {
            held(&format!(
                "%0: key []\n%1 [{len}] = mask([{len}], {keep}) %0\nreturn %1"
            ));
        }
    }
}

/// Numbers are those of the interpreter bit for bit, over both scalars, of one key and of many, in chains and by parts.
#[test]
fn uniform_numbers() {
    for len in (0..40).chain([63, 64, 65, 100, 1000, 1025]) {
        held(&format!(
            "%0: key []\n%1 [{len}] = uniform([{len}]) %0\nreturn %1"
        ));
    }
    for (keys, dims) in [
        ("5", "7"),
        ("3, 4", "2, 9"),
        ("4", ""),
        ("0", "3"),
        ("4", "0"),
        ("2", "100"),
    ] {
        let all = format!("{keys}, {dims}");
        let all = all.trim_end_matches(", ");
        held(&format!(
            "%0: key [{keys}]\n%1 [{all}] = uniform([{dims}]) %0\nreturn %1"
        ));
    }
    held(
        "%0: key [3]\n%1: [3, 500]\n%2 [3, 500] = uniform([500]) %0\n%3 [3, 500] = mul %1 %2\n%4 [500, 3] = permute([1, 0]) %2
%5 [3] = reduce_max([1]) %3\n%6 [3] < 500 = argmax(1) %3\n%7 [3, 500] = mask([500], 2000000000) %0\n%8 [3, 500] = select %7 %2 %1
return %3 %4 %5 %6 %8",
    );
}

/// Of many keys: as many elements of each as a block has not, and of some none at all.
#[test]
fn masks_of_many_keys() {
    for (keys, dims) in [
        ("5", "7"),
        ("5", ""),
        ("3, 4", "2, 9"),
        ("0", "3"),
        ("4", "0"),
        ("2", "100"),
        ("70", "3"),
    ] {
        let all = format!("{keys}, {dims}");
        let all = all.trim_end_matches(", ");
        held(&format!(
            "%0: key [{keys}]\n%1 [{all}] = mask([{dims}], 2147483648) %0\nreturn %1"
        ));
    }
}

/// As dropout has it: one chain, in which nothing is stored that nobody reads; and with its backward half, for which the mask is.
#[test]
fn masks_in_chains() {
    let forward =
        "%0: key []\n%1: [9, 20]\n%2: [20, 4]\n%3 key [] = fold_in(3) %0\n%4 [9, 20] = relu %1
%5 [9, 20] = mask([9, 20], 3000000000) %3\n%6 [9, 20] = scale(2) %4\n%7 [9, 20] = full([9, 20], 0)
%8 [9, 20] = select %5 %6 %7";
    let text = format!("{forward}\nreturn %8");
    held(&text);
    let plan = Plan::<f32>::new(&program(&text)).expect("a plan");
    let steps: Vec<&str> = plan.explained().steps.iter().map(|s| s.what()).collect();
    assert_eq!(steps, ["fold_in", "chain"]);
    // A key, and nothing of the mask.
    assert_eq!(plan.explained().memory.lower_bound, 8);
    held(&format!(
        "{forward}\n%9 [20] = reduce_max([0]) %8\n%10 [9, 20] = neg %8\n%11 [9, 20] = select %5 %10 %7\nreturn %9 %11"
    ));
    held(&format!(
        "{forward}\n%9 [9, 4] = contract([0, 1], [1, 2], [0, 2]) %5 %2\n%10 [9, 20] = select %5 %4 %8\nreturn %10 %8 %5"
    ));
}

/// One mask for all samples, read in another order, by parts, and as an index is.
#[test]
fn masks_that_are_viewed() {
    held(
        "%0: key []\n%1: [6, 5, 4]\n%2 [4, 5] = mask([4, 5], 2000000000) %0\n%3 [5, 4] = permute([1, 0]) %2
%4 [6, 5, 4] = broadcast([6, 5, 4], [1, 2]) %3\n%5 [6, 5, 4] = mul %4 %1\n%6 [2, 5] = slice(0, 1, 2) %2
%7 [20] = reshape([20]) %2\nreturn %5 %6 %7",
    );
    held(
        "%0: key [3]\n%1 [3, 8] = mask([8], 2000000000) %0\n%2 [3] < 8 = argmax(1) %1\n%3 key [3] = fold_in_index %0 %2
%4 [3] = mask([], 2147483648) %3\nreturn %3 %4",
    );
}

/// Keys that are repeated, turned, cut and gathered before numbers are folded into them.
#[test]
fn keys_that_are_viewed() {
    held(
        "%0: key [2, 3]\n%1: [3, 2] < 900\n%2 key [3, 2] = permute([1, 0]) %0\n%3 key [3, 2] = fold_in_index %2 %1
%4 key [1, 3] = slice(0, 1, 1) %0\n%5 key [1, 3] = fold_in(2) %4\nreturn %3 %5",
    );
    held(
        "%0: key []\n%1: [4] < 3\n%2 key [5] = broadcast([5], []) %0\n%3 [5] < 5 = iota([5], 0)\n%4 key [5] = fold_in_index %2 %3
%5 key [4] = gather(0, 0) %4 %1\n%6 key [4] = fold_in(7) %5\n%7 [4, 6] = mask([6], 2147483648) %6\nreturn %6 %7",
    );
}

/// A key that is folded with the step, one that is carried, and one for each step; forwards and backwards.
#[test]
fn keys_in_loops() {
    for order in ["", ", reverse"] {
        held(&format!(
            "function 0 \"step\" {{
  %0: key []\n  %1: key []\n  %2: [6, 3]\n  %3: [] < 5\n  %4: key []
  %5 key [] = fold_in_index %0 %3\n  %6 key [] = fold_in(1) %1
  %7 [6, 3] = mask([6, 3], 3000000000) %5\n  %8 [6, 3] = mask([6, 3], 3000000000) %1\n  %9 [6, 3] = mask([6, 3], 3000000000) %4
  %10 [6, 3] = scale(2) %2\n  %11 [6, 3] = select %7 %10 %2\n  %12 [6, 3] = select %8 %11 %9
  return %6 %12 %7 %5\n}}
%0: key []\n%1: key []\n%2: [6, 3]\n%3: key [5]\n%4 [5] < 5 = iota([5], 0)
%5 key [], %6 [6, 3], %7 [5, 6, 3], %8 key [5] = scan(f0, 5, 1, 2, [0, 0], [0, 0]{order}) %0 %1 %2 %4 %3
return %5 %6 %7 %8"
        ));
    }
}

/// A key that stays from run to run, with a number folded in at each: as a trainer has it in its state.
#[test]
fn a_key_that_is_carried() {
    let program = program(
        "%0: key []\n%1: [50]\n%2: [50]\n%3 key [] = fold_in(1) %0\n%4 [50] = mask([50], 2147483648) %0\n%5 [50] = scale(1/2) %1
%6 [50] = select %4 %5 %2\nreturn %3 %6 %4",
    );
    let mut rng = Rng::with_seed(9);
    let types = program.input_types().iter();
    let all: Vec<Value<f64>> = types.map(|ty| value(&mut rng, ty)).collect();
    let (first, rest) = all.split_at(2);
    let plan = Plan::<f64>::carrying(&program, 2).expect("a plan");
    let mut arena = Arena::new();
    plan.set(&mut arena, first).expect("values of their types");
    let (mut state, mut masks) = (first.to_vec(), Vec::new());
    for _ in 0..5 {
        let mut expected = program.run(&[&state, rest].concat()).expect("values");
        let given = expected.split_off(2);
        let got = plan.run_values(&mut arena, rest).expect("values");
        assert_eq!((&got, plan.get(&arena, 0..2)), (&given, expected.clone()));
        assert!(!masks.contains(&got), "each step draws for itself");
        (state, masks) = (expected, [masks, vec![got]].concat());
    }
}

/// Masks and what is made of them are cut by size alone.
#[test]
fn large_masks_run_on_threads() {
    let text = "%0: key [3]\n%1: [3, 500]\n%2 [3, 500] = mask([500], 2147483648) %0\n%3 [3, 500] = neg %1\n%4 [3, 500] = select %2 %3 %1\nreturn %2 %4";
    let program = program(text);
    assert!(Plan::<f64>::new(&program).expect("a plan").is_large());
    held(text);
}

/// Inputs and outputs that are keys, without values around them: the step writes where the output goes.
#[test]
fn into_slices() {
    let program = program("%0: key [3]\n%1 key [3] = fold_in(9) %0\nreturn %1");
    let plan = Plan::<f32>::new(&program).expect("a plan");
    assert_eq!(
        program.output_types(),
        [Type::Key([3].into_iter().collect())]
    );
    let keys = [1, 2, 3].map(Key::new);
    let mut folded = [Key::new(0); 3];
    let inputs = Inputs {
        scalars: &[],
        indices: &[],
        keys: &[&keys],
    };
    let outputs = Outputs {
        scalars: &mut [],
        indices: &mut [],
        keys: &mut [&mut folded],
    };
    plan.run(&mut Arena::new(), inputs, outputs).expect("keys");
    assert_eq!(folded, keys.map(|key| key.fold_in(9)));
    assert_eq!(plan.explained().memory.peak, 0);
    let as_values = AnyTensor::new(&[3], keys.to_vec()).map(Value::<f32>::Key);
    let as_values = program.run(&[as_values.expect("three keys")]);
    let expected = AnyTensor::new(&[3], folded.to_vec()).map(Value::Key);
    assert_eq!(as_values, Ok(vec![expected.expect("three keys")]));
}
