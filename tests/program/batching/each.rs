//! The primitives that have no program inside, but for those of keys.

use super::{Case, alone, indices, keys, program, scalars};
use cotangent::program::{
    ArgMax, ArgMin, Binary, Broadcast, Cast, Compare, Concat, Constant, Contract, CumSum, Elements,
    Fold, Full, Gather, Iota, Literal, Offset, OneHot, Pad, Permute, Prim, Program, Reduce,
    Reduction, Reshape, Scale, ScatterAdd, Select, Slice, ToScalar, TopK, Type, Unary, Unfold,
    Window,
};
use cotangent::scalar::{Comparison, Precision};
use cotangent::tensor::{Dims, Key};

/// The programs.
pub fn cases() -> Vec<Case> {
    let all = [
        elementwise(),
        constants(),
        sums(),
        layout(),
        windows(),
        tables(),
    ];
    all.concat()
}

fn named(programs: impl IntoIterator<Item = Program>) -> Vec<Case> {
    let name = |program: Program| (program.to_string(), program);
    programs.into_iter().map(name).collect()
}

fn elementwise() -> Vec<Case> {
    let x = scalars(&[2, 3]);
    let two = [x.clone(), x.clone()];
    let mut all = Vec::new();
    all.extend(Unary::ALL.iter().map(|&f| alone(&two[..1], f)));
    all.extend(Binary::ALL.iter().map(|&f| alone(&two, f)));
    all.extend(Comparison::ALL.map(|f| alone(&two, Compare(f))));
    all.push(alone(&two[..1], Scale(Literal::ratio(2, 3))));
    all.push(alone(&two[..1], Offset(Literal::ratio(2, 3))));
    all.push(alone(&[x.clone(), x.clone(), x], Select));
    all.extend(
        [Precision::Single, Precision::Double, Precision::Run].map(|p| alone(&two[..1], Cast(p))),
    );
    // A scalar, and one value as both arguments.
    all.push(alone(&[scalars(&[])], Unary::Neg));
    all.push(program(&two[..1], &[(Binary::Mul.into(), &[0, 0])], &[]));
    named(all)
}

/// What takes no argument is the same for all samples: alone, and beside a value that is not.
fn constants() -> Vec<Case> {
    let x = scalars(&[2]);
    let full = Full(Dims::new(&[2]), Literal::ratio(1, 2));
    let elements = [1, 2].map(|n| Literal::ratio(n, 3)).to_vec();
    let constant = |elements| Constant {
        dims: Dims::new(&[2]),
        elements,
    };
    let number = constant(Elements::Scalars(elements));
    let labels = Elements::Indices {
        below: 3,
        elements: vec![2, 0],
    };
    let drawn = Elements::Keys(vec![Key::new(1), Key::new(2)]);
    let mut all = Vec::new();
    for prim in [Prim::from(full), number.into()] {
        all.push(program(
            std::slice::from_ref(&x),
            &[(prim, &[]), (Binary::Mul.into(), &[0, 1])],
            &[1, 2],
        ));
    }
    for prim in [
        constant(labels).into(),
        Prim::from(Iota(Dims::new(&[2, 3]), 1)),
    ] {
        let gather = Gather { batch: 0, axis: 0 };
        all.push(program(
            &[scalars(&[3])],
            &[(prim, &[]), (gather.into(), &[0, 1])],
            &[1, 2],
        ));
    }
    all.push(program(&[x], &[(constant(drawn).into(), &[])], &[0, 1]));
    all.push(program(
        &[],
        &[(Iota(Dims::new(&[2, 3]), 0).into(), &[])],
        &[],
    ));
    named(all)
}

fn sums() -> Vec<Case> {
    let contract = |left: &[usize], right: &[usize], result: &[usize]| {
        let dims =
            |labels: &[usize]| scalars(&labels.iter().map(|label| label + 1).collect::<Vec<_>>());
        alone(
            &[dims(left), dims(right)],
            Contract::new(left, right, result),
        )
    };
    let mut all = vec![
        contract(&[1, 2], &[2, 3], &[1, 3]), // a product of matrices
        contract(&[2, 1], &[3, 2], &[3, 1]), // and its transpose
        contract(&[0, 1, 2], &[0, 2, 3], &[0, 1, 3]),
        contract(&[1, 2], &[1, 2], &[2, 1]),
        contract(&[1, 2], &[1, 2], &[]),
        contract(&[1], &[2], &[2, 1]),
        contract(&[], &[2], &[2]),
    ];
    let x = [scalars(&[2, 3, 2])];
    for axes in [&[0][..], &[1], &[0, 2], &[0, 1, 2], &[]] {
        all.push(alone(&x, Reduce(Reduction::Sum, axes.to_vec())));
        all.push(alone(&x, Reduce(Reduction::Max, axes.to_vec())));
    }
    for axis in 0..3 {
        all.extend([false, true].map(|reverse| alone(&x, CumSum { axis, reverse })));
        all.push(alone(&x, ArgMax(axis)));
        all.push(alone(&x, ArgMin(axis)));
        all.extend([1, 2].map(|count| alone(&x, TopK { axis, count })));
    }
    named(all)
}

/// Of scalars, of indices and of keys.
fn layout() -> Vec<Case> {
    let mut all = Vec::new();
    let kinds: [fn(&[usize]) -> Type; 3] = [scalars, |dims| indices(dims, 5), keys];
    for of in kinds {
        let x = [of(&[2, 3])];
        all.push(alone(&x, Reshape(Dims::new(&[3, 1, 2]))));
        all.push(alone(&x, Permute(vec![1, 0])));
        all.push(alone(&x, Broadcast(Dims::new(&[2, 4, 3]), vec![0, 2])));
        all.push(alone(&[of(&[])], Broadcast(Dims::new(&[2]), vec![])));
        for (axis, other) in [(0, [1, 3]), (1, [2, 2])] {
            all.push(alone(&[of(&[2, 3]), of(&other)], Concat(axis)));
            all.push(alone(
                &x,
                Slice {
                    axis,
                    start: 1,
                    len: 1,
                },
            ));
        }
        all.push(alone(&[of(&[1]), of(&[2]), of(&[1])], Concat(0)));
        all.push(program(&x, &[(Concat(0).into(), &[0, 0])], &[]));
    }
    for axis in 0..2 {
        all.push(alone(
            &[scalars(&[2, 3])],
            Pad {
                axis,
                start: 1,
                len: 5,
            },
        ));
    }
    named(all)
}

fn windows() -> Vec<Case> {
    let window = Window {
        kernel: [2, 2],
        stride: [1, 2],
        padding: [1, 0],
        dilation: [1, 1],
    };
    let image = scalars(&[2, 3, 4]);
    let unfold = alone(&[image], Unfold(window));
    let patches = unfold.output_types();
    named([alone(&patches, Fold(window, [3, 4])), unfold])
}

/// With shared axes and without, of each kind of table.
fn tables() -> Vec<Case> {
    let mut all = Vec::new();
    let kinds: [fn(&[usize]) -> Type; 3] = [scalars, |dims| indices(dims, 5), keys];
    // How many axes are shared, the axis, the table, the indices.
    let places: [(usize, usize, &[usize], &[usize]); 7] = [
        (0, 0, &[3, 2], &[2]),
        (0, 0, &[3, 2], &[]),
        (0, 1, &[2, 3], &[2]),
        (0, 1, &[2, 3], &[2, 2]),
        (1, 1, &[2, 3], &[2]), // one entry of each row
        (1, 1, &[2, 3, 2], &[2, 4]),
        (1, 2, &[2, 2, 3], &[2, 4]),
    ];
    for (batch, axis, table, at) in places {
        let at = indices(at, 3);
        let gathered = kinds.map(|of| alone(&[of(table), at.clone()], Gather { batch, axis }));
        let back = [gathered[0].output_types()[0].clone(), at];
        let rows = 3;
        all.push(alone(&back, ScatterAdd { batch, axis, rows }));
        all.extend(gathered);
    }
    all.push(alone(&[indices(&[2], 3)], OneHot(4)));
    all.push(alone(&[indices(&[], 3)], OneHot(3)));
    all.push(alone(&[indices(&[2, 2], 3)], ToScalar));
    named(all)
}
