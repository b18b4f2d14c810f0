//! The tape: what it computes, what it refuses, and in which words.

use cotangent::prelude::*;

/// `total = Σ relu(x w + b)`, compiled.
fn compiled() -> Tape<f64> {
    graph! {
        fn small(x: [1, 2], w: [2, 2], b: [2]) -> [] {
            let h = relu(matmul(x, w) + b);
            let total = sum(h);
            total
        }
    }
    let x = Tensor::from([[1.0, 2.0]]);
    let w = Tensor::from([[1.0, -1.0], [0.5, -3.0]]);
    let b = Tensor::from([0.25, 0.5]);
    compile_tape(&small(), &tlist![x, w, b], ())
}

fn any(dims: &[usize], data: &[f64]) -> AnyTensor<f64> {
    AnyTensor::new(dims, data.to_vec()).expect("as many as the dims say")
}

#[test]
fn names_ops_and_parents_survive() {
    let described: Vec<_> = compiled()
        .nodes()
        .iter()
        .enumerate()
        .map(|(id, node)| format!("{} <- {:?}", node.describe(id), node.parents))
        .collect();
    insta::assert_snapshot!(described.join("\n"), @r"
    node 0 `x` (leaf) <- []
    node 1 `w` (leaf) <- []
    node 2 `b` (leaf) <- []
    node 3 `h/matmul` (matmul) <- [0, 1]
    node 4 `h/add` (add) <- [3, 2]
    node 5 `h` (relu) <- [4]
    node 6 `total` (sum) <- [5]
    ");
}

#[test]
fn values_and_gradients() {
    let tape = compiled();
    assert_eq!(tape.size(), 7);
    assert_eq!(tape.last(), 6);
    assert_eq!(tape.find("h"), Some(5));
    // x w = [2, -7]; + b = [2.25, -6.5]; relu = [2.25, 0].
    assert_eq!(
        tape.require_value::<shape![1, 2]>(5),
        Ok(Tensor::from([[2.25, 0.0]]))
    );
    assert_eq!(tape.get_value(6), Some(&AnyTensor::scalar(2.25)));
    assert_eq!(tape.get_value(7), None);
    assert!(tape.get_node(7).is_none());
    let gradients = tape.backward_scalar(6).expect("a scalar");
    assert_eq!(gradients[&0], any(&[1, 2], &[1.0, 0.5]));
    assert_eq!(gradients[&1], any(&[2, 2], &[1.0, 0.0, 2.0, 0.0]));
    assert_eq!(gradients[&2], any(&[2], &[1.0, 0.0]));
    let all = tape
        .backward_dense_all(6, &AnyTensor::scalar(1.0))
        .expect("a scalar seed");
    let dense = tape
        .backward_dense(6, &AnyTensor::scalar(1.0))
        .expect("a scalar seed");
    assert_eq!(
        dense.into_iter().map(Option::unwrap).collect::<Vec<_>>(),
        all
    );
    assert_eq!(all[5], any(&[1, 2], &[1.0, 1.0]));
}

#[test]
fn a_node_that_is_not_reached_has_no_cotangent_and_does_not_run() {
    // log 0 = -inf is on the tape but not below the output; its VJP on a zero cotangent would be 0 * inf.
    let g = graph!(|x: [1]| {
        let _unused = log(x);
        sum(x * x)
    });
    let tape = compile_tape(&g, &tlist![Tensor::from([0.0])], ());
    let dense = tape
        .backward_dense(tape.last(), &AnyTensor::scalar(1.0))
        .expect("a scalar seed");
    assert_eq!(dense[1], None);
    assert_eq!(dense[0], Some(any(&[1], &[0.0])));
    let (_, typed) = g.value_and_vjp(&Tensor::from([0.0]), ());
    assert_eq!(typed, Tensor::from([0.0]));
    let all = tape
        .backward_dense_all(tape.last(), &AnyTensor::scalar(1.0))
        .expect("a scalar seed");
    assert_eq!(
        all,
        [
            any(&[1], &[0.0]),
            any(&[1], &[0.0]),
            any(&[1], &[1.0]),
            AnyTensor::scalar(1.0)
        ]
    );
    // The loop that runs every pullback makes 0 * inf.
    let seeds = tape
        .one_hot_grads(tape.last(), &AnyTensor::scalar(1.0))
        .expect("a scalar seed");
    let from = tape.backward_dense_from(seeds).expect("compiled");
    assert!(from[0].as_slice()[0].is_nan());
}

#[test]
fn requires_grad_is_honoured() {
    let mut tape = compiled();
    tape.set_requires_grad(0, false).expect("there is a node 0");
    let gradients = tape.backward_scalar(6).expect("a scalar");
    assert_eq!(
        gradients.keys().copied().collect::<Vec<_>>(),
        [1, 2, 3, 4, 5, 6]
    );
    assert!(tape.set_requires_grad(7, false).is_err());
    // Cut at `h`: nothing below it is reached.
    tape.set_requires_grad(5, false).expect("there is a node 5");
    let gradients = tape.backward_scalar(6).expect("a scalar");
    assert_eq!(gradients.keys().copied().collect::<Vec<_>>(), [6]);
    let all = tape
        .backward_dense_all(6, &AnyTensor::scalar(1.0))
        .expect("a scalar seed");
    assert!(
        all[..6]
            .iter()
            .all(|c| c.as_slice().iter().all(|x| *x == 0.0))
    );
}

#[test]
fn wrong_use_names_node_op_expected_and_got() {
    let tape = compiled();
    let one = AnyTensor::scalar(1.0);
    let text = |error: TapeError| error.to_string();
    assert_eq!(
        text(tape.backward(9, &one).unwrap_err()),
        "there is no node 9: the tape has 7 nodes"
    );
    assert_eq!(
        text(tape.backward(5, &one).unwrap_err()),
        "the cotangent of node 5 `h` (relu) has dims [], expected [1, 2]"
    );
    assert_eq!(
        text(tape.backward_scalar(5).unwrap_err()),
        "node 5 `h` (relu) has dims [1, 2]: only a scalar has a gradient; pass a cotangent to `backward`"
    );
    assert_eq!(
        text(tape.require_value::<shape![2]>(3).unwrap_err()),
        "the value of node 3 `h/matmul` (matmul) has dims [1, 2], expected [2]"
    );
    assert_eq!(
        text(tape.require_grad::<shape![1, 2]>(5, &one).unwrap_err()),
        "the cotangent of node 5 `h` (relu) has dims [], expected [1, 2]"
    );
    assert_eq!(
        text(tape.backward_dense_from(vec![one.clone()]).unwrap_err()),
        "the tape has 7 nodes, got 1 cotangents"
    );
    let mut cotangents: Vec<_> = tape
        .nodes()
        .iter()
        .map(|n| AnyTensor::zeros(n.value.dims().clone()))
        .collect();
    cotangents[4] = one.clone();
    assert_eq!(
        text(tape.backward_dense_from(cotangents).unwrap_err()),
        "the cotangent of node 4 `h/add` (add) has dims [], expected [1, 2]"
    );
    let pullback = tape.nodes()[5].backward(&one).unwrap_err();
    assert_eq!(
        text(pullback),
        "the cotangent of node 5 `h` (relu) has dims [], expected [1, 2]"
    );
}

#[test]
fn a_pullback_that_breaks_its_promise_is_refused() {
    let mut tape = compiled();
    let wrong_dims = |_: &AnyTensor<f64>| Ok(vec![(5, AnyTensor::scalar(1.0))]);
    let id = tape.add_node(TapeNode::new(
        "bad",
        "custom",
        AnyTensor::scalar(0.0),
        vec![5],
        wrong_dims,
    ));
    assert_eq!(
        tape.backward_scalar(id).unwrap_err().to_string(),
        "node 7 `bad` (custom) contributes dims [] to its parent node 5 `h` (relu), expected [1, 2]"
    );
    let nowhere = |_: &AnyTensor<f64>| Ok(vec![(99, AnyTensor::scalar(1.0))]);
    let id = tape.add_node(TapeNode::new(
        "far",
        "custom",
        AnyTensor::scalar(0.0),
        vec![],
        nowhere,
    ));
    assert_eq!(
        tape.backward_scalar(id).unwrap_err().to_string(),
        "node 8 `far` (custom) contributes to node 99, which is not before it"
    );
    assert_eq!(
        Tape::<f64>::empty()
            .backward_scalar(0)
            .unwrap_err()
            .to_string(),
        "there is no node 0: the tape has 0 nodes"
    );
}

/// A tape of leaves gives its seeds back.
#[test]
fn the_loop_of_leaves_is_the_identity() -> Result<(), TapeError> {
    let mut tape = Tape::empty();
    add_leaves(
        &mut tape,
        &tlist![Tensor::from([1.0, 2.0]), Tensor::scalar(3.0)],
    );
    let seeds = vec![any(&[2], &[4.0, 5.0]), AnyTensor::scalar(6.0)];
    assert_eq!(tape.backward_dense_from(seeds.clone())?, seeds);
    Ok(())
}

/// A node at the end that contributes nothing changes nothing below it.
#[test]
fn a_longer_tape_has_the_loop_of_the_shorter() -> Result<(), TapeError> {
    let mut tape = compiled();
    let seeds = tape.one_hot_grads(6, &AnyTensor::scalar(2.0))?;
    let shorter = tape.backward_dense_from(seeds.clone())?;
    let last = tape.add_node(TapeNode::leaf(any(&[2], &[0.0, 0.0])));
    let seed = any(&[2], &[7.0, 8.0]);
    let longer = tape.backward_dense_from([&seeds[..], std::slice::from_ref(&seed)].concat())?;
    assert_eq!(longer[..last], shorter);
    assert_eq!(longer[last], seed);
    Ok(())
}

/// The seed of one entry, erased, is the seed of its node.
#[test]
fn one_hot_is_single() -> Result<(), TapeError> {
    let g = graph!(|x: [2]| sum(x * x));
    let tape = compile_tape(&g, &tlist![Tensor::from([1.0, 2.0])], ());
    let seed = Tensor::from([5.0, 6.0]);
    type Entries = <context![[2], [2], []] as Context>::Tensors<f64>;
    let single = TensorList::<Entries>::single::<f64, 1>(seed.clone());
    assert_eq!(tape.one_hot_grads(1, &seed.to_any())?, single.to_any_list());
    Ok(())
}
