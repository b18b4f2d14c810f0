//! Laws of loops, of draws and of rules refuse what is wrong in one way.

use cotangent::graph::Returns;
use cotangent::prelude::*;
use cotangent::program::{Function, Program, Rule, rule_of};
use cotangent::prove::{
    draws_are_apart, draws_are_apart_of, repeat_eq_layers, rules_match_parents,
    rules_match_parents_of, scan_eq_steps, vmap_eq_entries,
};
use std::sync::Arc;

graph! {
    /// A state, what is of each step, a parameter; a key, and labels that may be of each step.
    fn step(s: [2], u: [3, 2], w: [2]; key, word: [] < 3) -> ([2], [2]) {
        let next = s * w + dropout(gather(u, word), key, { 0.5 });
        (next, next * w)
    }
    fn folded_once_more(s: [2], u: [3, 2], w: [2]; key, word: [] < 3) -> ([2], [2]) {
        step(s, u, w, key, word)
    }
    fn gives_the_state(s: [2], u: [3, 2], w: [2]; key, word: [] < 3) -> ([2], [2]) {
        let next = s * w + dropout(gather(u, word), key, { 0.5 });
        (next, s * w)
    }
    /// An entry, a parameter; a key, and labels that may be of each entry.
    fn entry(u: [3, 2], w: [2]; key, word: [] < 3) -> [2] {
        dropout(gather(u, word) * w, key, { 0.5 })
    }
    fn one_key(u: [4, 3, 2], w: [2]; key, word: [] < 3) -> [4, 2] {
        vmap(of_word)(u, w, word) * one_mask(key)
    }
    fn of_word(u: [3, 2], w: [2]; word: [] < 3) -> [2] { gather(u, word) * w }
    fn one_mask(; key) -> [4, 2] { dropout(constant([[1.0; 2]; 4]), key, { 0.5 }) }
    fn folded_twice(u: [3, 2], w: [2]; key, word: [] < 3) -> [2] { entry(u, w, key, word) }
    fn without_parameter(u: [3, 2], w: [2]; key, word: [] < 3) -> [2] {
        let _idle = w * 2;
        dropout(gather(u, word), key, { 0.5 })
    }
    fn layer(x: [2], p: [2, 2], shift: [2]; key) -> [2] {
        dropout(relu(einsum!("ij,j->i", p, x) + shift), key, { 0.5 })
    }
    fn without_shift(x: [2], p: [2, 2], shift: [2]; key) -> [2] {
        let _idle = shift * 2;
        dropout(relu(einsum!("ij,j->i", p, x)), key, { 0.5 })
    }
}

type Scans<D> = GraphData<f64, D, context![[2], [4, 3, 2], [2]], Scanned>;
type Scanned = Returns<cotangent::frunk::HList![shape![2], shape![4, 2]]>;
type Same = Scans<environment![key, [] < 3]>;
type Each = Scans<environment![key, [4] < 3]>;
type Layers = GraphData<f64, environment![key], context![[2], [[2, 2]; 3], [2]], OneResult>;
type Entries<D> = GraphData<f64, D, context![[4, 3, 2], [2]], Mapped>;
type Mapped = Returns<cotangent::frunk::HList![shape![4, 2]]>;
type OneResult = Returns<cotangent::frunk::HList![shape![2]]>;

#[track_caller]
fn refused<T: std::fmt::Debug>(result: Result<T, Counterexample>, law: &str) -> Counterexample {
    let error = result.expect_err("it is wrong");
    assert_eq!(error.law, law, "{error}");
    error
}

#[test]
fn a_scan_is_its_steps() -> Result<(), Counterexample> {
    const LAW: &str = "scan_eq_steps";
    let (forth, back): (Same, Same) = (scan(step()), scan_reverse(step()));
    let (each, each_back): (Each, Each) = (scan_each(step()), scan_each_reverse(step()));
    let proof = scan_eq_steps(&step(), &forth, 0..4)?;
    assert!(proof.is_exact() && proof.laws[0] == LAW, "{proof}");
    scan_eq_steps(&step(), &back, (0..4).rev())?;
    scan_eq_steps(&step(), &each, 0..4)?;
    scan_eq_steps(&step(), &each_back, (0..4).rev())?;

    refused(scan_eq_steps(&step(), &forth, (0..4).rev()), LAW);
    refused(scan_eq_steps(&step(), &each_back, 0..4), LAW);
    // The state is the same, and what the steps give is in another place.
    let swapped = scan_eq_steps(&step(), &forth, [1, 0, 2, 3]);
    refused(swapped, LAW);
    let wrong: Same = scan(gives_the_state());
    let found = refused(scan_eq_steps(&step(), &wrong, 0..4), LAW);
    assert!(found.place.starts_with("output 1"), "{found}");
    let drawn: Same = scan(folded_once_more());
    refused(scan_eq_steps(&step(), &drawn, 0..4), LAW);

    // Steps that are not those of the loop.
    let twice = refused(scan_eq_steps(&step(), &forth, [0, 1, 1, 2]), LAW);
    assert!(twice.got.contains("each of 4 steps once"), "{twice}");
    refused(scan_eq_steps(&step(), &forth, [0, 1, 2, 4]), LAW);
    let fewer = refused(scan_eq_steps(&step(), &forth, 0..3), LAW);
    assert!(
        fewer.place.ends_with("by `programs_have_equal_types`"),
        "{fewer}"
    );
    refused(scan_eq_steps(&step(), &forth, 0..0), LAW);
    Ok(())
}

#[test]
fn repeated_layers_are_layers() -> Result<(), Counterexample> {
    const LAW: &str = "repeat_eq_layers";
    let layers: Layers = repeat(layer());
    let proof = repeat_eq_layers(&layer(), &layers, 3)?;
    assert!(proof.is_exact() && proof.laws[0] == LAW, "{proof}");
    let wrong: Layers = repeat(without_shift());
    refused(repeat_eq_layers(&layer(), &wrong, 3), LAW);
    refused(repeat_eq_layers(&layer(), &layers, 2), LAW);
    Ok(())
}

#[test]
fn mapped_entries_are_entries() -> Result<(), Counterexample> {
    const LAW: &str = "vmap_eq_entries";
    let entries: Entries<environment![key, [] < 3]> = vmap(entry());
    let proof = vmap_eq_entries(&entry(), &entries, 4)?;
    assert!(proof.is_exact() && proof.laws[0] == LAW, "{proof}");
    let each: Entries<environment![key, [4] < 3]> = vmap_each(entry());
    vmap_eq_entries(&entry(), &each, 4)?;

    // One key for all, two of the same key, another parameter, and fewer entries.
    let same: Entries<environment![key, [] < 3]> = one_key();
    refused(vmap_eq_entries(&entry(), &same, 4), LAW);
    let wrong: Entries<environment![key, [] < 3]> = vmap(folded_twice());
    refused(vmap_eq_entries(&entry(), &wrong, 4), LAW);
    let plain: Entries<environment![key, [] < 3]> = vmap(without_parameter());
    refused(vmap_eq_entries(&entry(), &plain, 4), LAW);
    refused(vmap_eq_entries(&entry(), &entries, 3), LAW);
    Ok(())
}

fn program(lines: &str) -> Program {
    let lines: Vec<&str> = lines.lines().map(str::trim).collect();
    format!("cotangent program 1\n{}\n", lines.join("\n"))
        .parse()
        .unwrap_or_else(|error| panic!("{error}"))
}

#[test]
fn draws() -> Result<(), Counterexample> {
    const LAW: &str = "draws_are_apart";
    let forth: Same = scan(step());
    assert_eq!(draws_are_apart(&forth)?, 4);
    let layers: Layers = repeat(layer());
    assert_eq!(draws_are_apart(&layers)?, 3);
    let square: GraphData<f64, _, _, _> = graph!(|x: [2]| x * x);
    assert_eq!(draws_are_apart(&square)?, 0);

    // The key of a call is that of the other one, also within checkpoints.
    for checkpoint in ["", ", checkpoint"] {
        let calls = |second: &str| {
            program(&format!(
                "function 0 drawn {{
                %0: [4]
                %1: key []
                %2 key [] = fold_in(1) %1
                %3 [4] = mask([4], 2147483648) %2
                %4 [4] = mul %0 %3
                return %4
                }}
                %0: [4]
                %1: key []
                %2 key [] = fold_in(3) %1
                %3 [4] = call(f0{checkpoint}) %0 %1
                %4 [4] = call(f0{checkpoint}) %3 {second}
                return %4"
            ))
        };
        assert_eq!(draws_are_apart_of(&calls("%2"))?, 2);
        refused(draws_are_apart_of(&calls("%1")), LAW);
    }

    // Each step draws what the first one does.
    let steps = |key: &str| {
        program(&format!(
            "function 0 step {{
            %0: key []
            %1: [4]
            %2: [] < 3
            %3 key [] = fold_in_index %0 %2
            %4 [4] = mask([4], 2147483648) {key}
            %5 [4] = mul %1 %4
            return %5
            }}
            %0: key []
            %1: [4]
            %2 [3] < 3 = iota([3], 0)
            %3 [4] = scan(f0, 3, 1, 1, [0], []) %0 %1 %2
            return %3"
        ))
    };
    assert_eq!(draws_are_apart_of(&steps("%3"))?, 3);
    refused(draws_are_apart_of(&steps("%0")), LAW);
    Ok(())
}

#[test]
fn rules() -> Result<(), Counterexample> {
    const LAW: &str = "rules_match_parents";
    rules_match_parents(&step::<f64>())?;
    rules_match_parents(&layer::<f64>())?;

    let function: Arc<Function> = Function::new(
        "scaled",
        program("%0: [2]\n%1: []\n%2 [2] = broadcast([2], []) %1\n%3 [2] = mul %0 %2\nreturn %3"),
        None,
    );
    let right = rule_of(&function).unwrap();
    rules_match_parents_of(&function, &[true, true], &right)?;
    let law = |is_parent: &[bool], rule: &Rule| {
        refused(rules_match_parents_of(&function, is_parent, rule), LAW)
    };
    // Data have neither tangents nor cotangents, and parents have both.
    for is_parent in [[true, false], [false, true], [false, false]] {
        assert_eq!(law(&is_parent, &right).place, "the JVP of scaled");
    }
    law(&[true], &right);
    let with = |jvp: &str, vjp: &str| Rule {
        jvp: program(jvp),
        vjp: program(vjp),
    };
    let primals = "%0: [2]\n%1: []\n%2: [2]";
    let jvp = format!("{primals}\n%3: [2]\n%4: []\nreturn %3");
    let vjp = format!("{primals}\n%3: [2]\nreturn %3 %1");
    rules_match_parents_of(&function, &[true, true], &with(&jvp, &vjp))?;
    for wrong in [
        "%3: [2]\nreturn %3",            // one too few
        "%3: [2]\nreturn %3 %1 %1",      // one too many
        "%3: [2]\nreturn %1 %3",         // in another order
        "%3: [2]\nreturn %3 %3",         // of other dims
        "%3: [2]\n%4: []\nreturn %3 %4", // of what nobody gives
    ] {
        let vjp = format!("{primals}\n{wrong}");
        let found = law(&[true, true], &with(&jvp, &vjp));
        assert_eq!(found.place, "the VJP of scaled");
        assert_eq!(found.expected, "[2], [], [2], [2] -> [2], []");
    }
    Ok(())
}
