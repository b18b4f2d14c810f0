//! What a planned graph says of itself: its memory, its steps, their drawing.

use cotangent::explain::{Lies, Part};
use cotangent::prelude::*;

graph! {
    struct Net { weight: [784, 128], bias: [128], out: [128, 10] }

    fn net(p: Net; x: [32, 784], labels: [32] < 10) -> [] {
        let h = relu(matmul(x, p.weight) + p.bias);
        cross_entropy(matmul(h, p.out), labels)
    }

    fn step(state: [3], force: [3]) -> ([3], []) {
        let next = tanh(state + force);
        (next, sum(next * next))
    }
    fn walk(start: [3], forces: [5, 3]) -> [] {
        let (_last, costs) = scan(step)(start, forces);
        sum(costs)
    }
}

#[test]
fn memory_by_names() {
    let plan = net::<f32>().plan();
    let memory = plan.memory();
    let hidden = 32 * 128 * 4;
    assert_eq!(memory.of("p.weight"), Some(784 * 128 * 4));
    assert_eq!(memory.of("h"), Some(hidden));
    assert_eq!(memory.of("nothing"), None);
    // 784 × 128 + 128 + 128 × 10 parameters, the data, and labels of eight bytes.
    let parameters = (784 * 128 + 128 + 128 * 10) * 4;
    assert_eq!(memory.inputs, parameters + 32 * 784 * 4 + 32 * 8);
    assert_eq!((memory.outputs, memory.constants), (4, 0));
    let both = plan.memory_of_vjp();
    assert_eq!(both.outputs, 4 + parameters);
    for memory in [&memory, &both] {
        assert!(hidden <= memory.lower_bound && memory.lower_bound <= memory.peak);
        for held in &memory.values {
            if let Lies::Arena(offset) = held.lies {
                assert!(offset + held.bytes <= memory.peak, "{held:?}");
            }
            assert!(held.steps.0 <= held.steps.1);
        }
    }
    // What the pullback of a node makes has the name of the node, and its line.
    let pulled = both
        .values
        .iter()
        .find(|held| &*held.origin.name == "vjp of h");
    let (file, _) = pulled.and_then(|held| held.origin.source.clone()).unwrap();
    assert!(file.ends_with("plan_report.rs"), "{file}");
    assert!(memory.to_string().contains("bytes at most, lower bound"));
}

/// Values that live at once do not overlap.
#[test]
fn no_two_values_of_a_step_overlap() {
    let explained = net::<f64>().plan().explain_vjp();
    let memory = &explained.memory;
    let span = |value: usize| match memory.values[value].lies {
        Lies::Arena(offset) => Some((offset, offset + memory.values[value].bytes)),
        _ => None,
    };
    let mut pairs = 0;
    for step in explained.all() {
        for &write in &step.writes {
            for &read in &step.reads {
                let (Some(a), Some(b)) = (span(write), span(read)) else {
                    continue;
                };
                let in_place = memory.values[write].over == Some(read);
                pairs += 1;
                assert!(in_place || a.1 <= b.0 || b.1 <= a.0, "{step:?}");
            }
        }
    }
    assert!(pairs > 5, "{pairs}");
}

#[test]
fn steps_with_their_sizes() {
    let explained = net::<f32>().plan().explain();
    let first = &explained.steps[0];
    assert_eq!(
        (first.what(), first.title().as_str()),
        ("product", "h/matmul")
    );
    assert_eq!(
        first.part,
        Part::Product {
            multiply_adds: 32 * 784 * 128
        }
    );
    assert_eq!(first.operations, 2 * 32 * 784 * 128);
    assert_eq!(first.bytes, 4 * (32 * 784 + 784 * 128 + 32 * 128));
    // The sum with the bias, which is read once, and the relu.
    let second = &explained.steps[1];
    assert_eq!(second.part, Part::Chain { elements: 32 * 128 });
    assert_eq!(second.operations, 2 * 32 * 128);
    assert_eq!(second.bytes, 4 * (2 * 32 * 128 + 128));
    let text = explained.to_string();
    assert!(
        text.contains("chain of 4,096") && text.contains("p.bias"),
        "{text}"
    );
}

#[test]
fn a_loop_has_its_steps_inside() {
    let explained = walk::<f64>().plan().explain();
    let all = explained.all();
    assert!(all.iter().enumerate().all(|(at, step)| step.number == at));
    let around = all.iter().find(|step| step.is_loop()).unwrap();
    assert_eq!(around.part, Part::Loop { length: 5 });
    let inside: u64 = around.inside.iter().map(|step| step.operations).sum();
    assert!(inside > 0);
    assert_eq!(around.operations, 5 * inside);
    assert_eq!(all.len(), explained.count() + 1);
}

/// A box for each input and each step, and text that is no markup.
#[test]
fn a_drawing_of_each_step() {
    for explained in [
        net::<f32>().plan().explain(),
        net::<f32>().plan().explain_vjp(),
        walk::<f32>().plan().explain(),
    ] {
        let svg = explained.to_svg();
        let document = roxmltree::Document::parse(&svg).expect("a drawing");
        let rects = document.descendants().filter(|node| {
            let group = node.parent_element();
            node.has_tag_name("rect") && group.is_some_and(|group| group.has_tag_name("g"))
        });
        let given = explained.memory.values.iter();
        let given = given.filter(|held| matches!(held.lies, Lies::Input(_) | Lies::Constant(_)));
        assert_eq!(rects.count(), given.count() + explained.count());
    }
}
