//! Arrays in contexts: handles of constant size, and values on the heap.

use cotangent::context::{Entry, GroupValues, Layers, LengthError, by_name};
use cotangent::prelude::*;

/// So many layers that one machine word for each does not fit into a twelfth of the stack.
const MANY: usize = 10_000;
const STACK: usize = 512 * 1024;

graph! {
    struct Affine { scale: [2], shift: [2] }

    fn affine(x: [2], p: Affine) -> [2] where A: Semiring {
        x * p.scale + p.shift
    }

    fn ends(x: [2], layers: [Affine; MANY]) -> [] where A: Semiring {
        let last = layers[MANY - 1];
        let h = affine(x, layers[0]);
        sum(affine(h, last) * layers[4_999].scale)
    }

    fn entry<const L: usize>(x: [2], layers: [Affine; L]) -> [2] where A: Semiring {
        affine(x, layers[2])
    }

    fn nested(x: [2], w: [[[2]; 3]; 2]) -> [2] where A: Semiring {
        let second = w[1];
        x * w[0][2] + second[0]
    }
}

type Net = context![[2], [Affine; MANY], [[Affine; 10]; 1_000]];

/// Runs on a small stack.
fn with_a_small_stack(f: impl FnOnce() + Send + 'static) {
    let thread = std::thread::Builder::new().stack_size(STACK).spawn(f);
    thread.expect("a thread").join().expect("it returns");
}

#[test]
fn many_layers_are_vectors() {
    with_a_small_stack(|| {
        let zero = TList::<f64, Net>::zeros();
        let mut next = 0.0;
        let x = zero.map(|_: &f64| {
            next += 1.0;
            next
        });
        let count = 2.0 + 8.0 * MANY as f64;
        assert_eq!(next, count);
        let erased = x.to_any_list();
        assert_eq!(erased.len(), Net::dims().len());
        assert_eq!(TensorList::from_any_list(erased), Ok(x.clone()));
        let two = x.add(&x);
        assert_eq!(two.sub(&x), x);
        assert_eq!(x.scale(2.0), two);
        assert_eq!(
            x.dot(&two),
            count * (count + 1.0) * (2.0 * count + 1.0) / 3.0
        );
        assert_eq!(x.zip_map(&x, |a: &f64, b| a + b), two);
        approx::assert_abs_diff_eq!(x, x.map(|v: &f64| v + 1e-9), epsilon = 1e-6);
        approx::assert_relative_eq!(x, x.map(|v: &f64| v * (1.0 + 1e-12)), max_relative = 1e-9);
        assert!(!approx::ulps_eq!(x, two));
        let last = Tensor::from([count - 1.0, count]);
        assert!(format!("{x:?}").ends_with(&format!("shift: {last:?} }}]]]")));
        let tlist![_, layers, nested] = x;
        assert_eq!(layers[MANY - 1].shift[[1]], 2.0 + 4.0 * MANY as f64);
        let last = nested.into_iter().next_back().map(|ten| ten[9].clone());
        assert_eq!(last.map(|layer| layer.shift[[1]]), Some(count));
        let copy = layers.clone().into_vec();
        assert_eq!(List::try_from(copy), Ok(layers));
    });
}

#[test]
fn many_layers_have_names() {
    with_a_small_stack(|| {
        let p = by_name::<f64, [Affine; MANY]>(|name, dims| match name {
            "9999.scale" => vec![1.0; dims.count()],
            _ => vec![0.0; dims.count()],
        });
        let p = p.expect("as many as the dims say");
        assert_eq!(p.iter().map(|layer| layer.scale[[1]]).sum::<f64>(), 1.0);
        assert_eq!(p[MANY - 1].scale, Tensor::ones());
    });
}

#[test]
fn many_layers_have_handles() {
    with_a_small_stack(|| {
        let g = GraphData::<f64, (), Net, _>::nil();
        let frunk::hlist_pat![x, layers, tens] = g.inputs();
        assert_eq!(x.id(), 0);
        assert!(size_of_val(&layers) <= 5 * size_of::<usize>());
        let all: Vec<_> = layers
            .iter()
            .map(|layer| (layer.scale.id(), layer.shift.id()))
            .collect();
        assert!((1..).step_by(2).map(|id| (id, id + 1)).take(MANY).eq(all));
        let last = tens.get(999).and_then(|ten| ten.get(9));
        assert_eq!(last.map(|layer| layer.shift.id()), Some(4 * MANY));
        assert!(tens.get(1_000).is_none() && layers.get(MANY).is_none());
        assert!(format!("{layers:?}").starts_with("10000 x 2 values of graph `graph`"));
    });
}

#[test]
fn a_graph_takes_many_layers() {
    with_a_small_stack(|| {
        let g = ends::<f64>();
        let two = |a: f64, b: f64| Tensor::from([a, b]);
        let layers = List::from_fn(|i| Affine::of(two(i as f64, 1.0), two(1.0, 2.0)));
        let x = tlist![two(1.0, 1.0), layers];
        // ([1, 1] * [0, 1] + [1, 2]) * [9999, 1] + [1, 2] = [10000, 5], and [4999, 1] of them.
        let (y, tlist![dx, dlayers]) = g.value_and_vjp(&x, ());
        assert_eq!(y.item(), 4_999.0 * 10_000.0 + 5.0);
        assert_eq!(dx, two(0.0, 1.0));
        assert_eq!(
            dlayers[4_999],
            Affine::of(two(10_000.0, 5.0), two(0.0, 0.0))
        );
        let (_, dy) = g.value_and_jvp(&x, &x, ());
        assert_eq!(dy.item(), x.dot(&g.value_and_vjp(&x, ()).1));
        let names: Vec<_> = g.summary().inputs().map(|row| row.name.clone()).collect();
        assert_eq!(names[2 * MANY], "layers.9999.shift");
        let tape = compile_tape(&g, &x, ());
        assert_eq!(tape.find("layers.9999.shift"), Some(2 * MANY));
    });
}

/// The same for a group that has the layers in it: its values are a vector, and their names are ways.
#[test]
fn a_group_of_many_layers_is_a_vector() {
    graph! {
        struct Deep { layers: [Affine; MANY], head: Affine }
    }
    with_a_small_stack(|| {
        let mut next = 0.0;
        let zero = Parameters::<f64, Deep>::zeros();
        let p = zero.map(|_| {
            next += 1.0;
            next
        });
        let count = 4.0 * (MANY as f64 + 1.0);
        assert_eq!(next, count);
        let two = &p + &p;
        assert_eq!(two, p.clone() * 2.0);
        assert_eq!(&two - &p, p);
        assert_eq!(zero.dot(&p), 0.0);
        assert_eq!(p.zip_map(&two, |a, b| b - a), p);
        let squares = count * (count + 1.0) * (2.0 * count + 1.0) / 6.0;
        assert_eq!(p.dot(&p), squares);
        let names = p.names();
        assert_eq!(names.len(), 2 * (MANY + 1));
        assert_eq!(names[2 * MANY - 1].0, "layers.9999.shift");
        assert_eq!(names[2 * MANY + 1].0, "head.shift");
        // In the order of the names: so each is the next one.
        let mut rest = names.iter();
        let again = by_name::<f64, Deep>(|name, dims| {
            let (expected, sizes, elements) = rest.next().expect("as many names");
            assert_eq!((&**expected, *sizes), (name, &**dims));
            elements.to_vec()
        });
        assert_eq!(again, Ok(p.clone()));
        let list = p.clone().into_list();
        assert_eq!(list.get::<0>()[MANY - 1], p.layers[MANY - 1]);
        assert_eq!(Deep::from_list(list), p);
        assert!(format!("{p:?}").starts_with("Deep { layers: [Affine { scale: "));
    });
}

#[test]
fn arrays_nest() {
    let g = nested::<f64>();
    let w = |i: f64| Tensor::from([i, 10.0 * i]);
    let x = tlist![
        Tensor::ones(),
        [[w(1.0), w(2.0), w(3.0)], [w(4.0), w(5.0), w(6.0)]]
    ];
    let (y, tlist![dx, dw]) = g.vjp(&x, (), &Tensor::from([1.0, 2.0]));
    assert_eq!(
        (y, dx),
        (Tensor::from([7.0, 70.0]), Tensor::from([3.0, 60.0]))
    );
    let [[_, _, third], [fourth, ..]] = dw.into_array().map(List::into_array);
    assert_eq!(
        (third, fourth),
        (Tensor::from([1.0, 2.0]), Tensor::from([1.0, 2.0]))
    );
}

#[test]
#[should_panic = "index out of bounds: the len is 2 but the index is 2"]
fn a_generic_number_of_layers_is_checked() {
    entry::<f64, 2>();
}

#[test]
#[should_panic = "a handle of graph `entry`"]
fn layers_belong_to_a_graph() {
    let other = GraphData::<f64, (), context![[2], [Affine; 3]], _>::named("entry", &[]);
    let frunk::hlist_pat![_, layers] = other.inputs();
    let _: Layers<Affine, 3> = layers;
    let g = GraphData::<f64, environment![], context![[2]], _>::nil();
    let frunk::hlist_pat![x] = g.inputs();
    g.call("y", entry::<f64, 3>(), frunk::hlist![x, layers]);
}

#[test]
fn a_list_is_an_array_on_the_heap() {
    let mut list = List::from([3, 1, 2]);
    list[0] += 1;
    for value in &mut list {
        *value *= 2;
    }
    assert_eq!((list[1..].to_vec(), list.len()), (vec![2, 4], 3));
    assert_eq!(format!("{list:?}"), "[8, 2, 4]");
    assert_eq!(list.iter().max(), (&list).into_iter().max());
    let error = List::<i32, 2>::try_from(list.clone().into_vec()).unwrap_err();
    assert_eq!(
        error,
        LengthError {
            expected: 2,
            got: 3
        }
    );
    let [a, b, c] = list.into_array();
    assert_eq!((a, b, c), (8, 2, 4));
    assert_eq!(*List::<f64, 2>::default(), [0.0; 2]);
    let none: <[Affine; 0] as Entry>::Of<f64> = List::from([]);
    assert!(none.is_empty());
}
