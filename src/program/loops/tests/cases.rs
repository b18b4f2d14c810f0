//! Functions to be looped, as one loop and with a call for each step.

use crate::program::builder::Builder;
use crate::program::loops::{Role, looped};
use crate::program::{
    ArgMax, Binary, FoldIn, Function, Gather, Mask, OneHot, Prim, Program, Reduce, Reduction, Rule,
    Scale, TRANSFORM, ToScalar, Type, Unary, unrolled,
};
use crate::scalar::Literal;
use crate::tensor::Dims;
use std::sync::Arc;

/// What an input of a looped function is.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Kind {
    Constant,
    Carried,
    Stacked,
    Listed,
}
pub(super) use Kind::{Carried, Constant, Listed, Stacked};

pub(super) fn scalars(dims: &[usize]) -> Type {
    Type::scalar(Dims::new(dims))
}

pub(super) fn indices(dims: &[usize], below: usize) -> Type {
    let dims = Dims::new(dims);
    Type::Index { dims, below }
}

pub(super) fn key() -> Type {
    Type::Key(Dims::default())
}

pub(super) fn program(
    inputs: &[Type],
    instructions: &[(Prim, &[usize])],
    outputs: &[usize],
) -> Program {
    let mut program = Program::new(inputs);
    for (prim, arguments) in instructions {
        program.push(prim.clone(), arguments).unwrap();
    }
    program.set_outputs(outputs).unwrap();
    program
}

/// A function, what its inputs are, and how many of its outputs are states.
pub(super) struct Case {
    pub about: &'static str,
    pub function: Arc<Function>,
    pub kinds: Vec<Kind>,
}

impl Case {
    pub fn new(about: &'static str, body: Program, kinds: &[Kind]) -> Self {
        Case {
            about,
            function: Function::new(about, body, None),
            kinds: kinds.to_vec(),
        }
    }

    pub fn states(&self) -> usize {
        self.kinds.iter().filter(|&&kind| kind == Carried).count()
    }

    /// The inputs of the whole, and the role of each input of the function.
    pub fn roles(&self, b: &mut Builder, length: usize) -> (Vec<usize>, Vec<Role>) {
        let (mut ids, mut roles) = (Vec::new(), Vec::new());
        for (ty, kind) in self.function.body().input_types().iter().zip(&self.kinds) {
            let mut input = |ty: Type| {
                ids.push(b.input(ty.into()));
                ids[ids.len() - 1]
            };
            let stack = || ty.with_leading(length);
            roles.push(match kind {
                Constant => Role::Constant(input(ty.clone())),
                Carried => Role::Carried(input(ty.clone())),
                Stacked => Role::Stacked(input(stack())),
                Listed => Role::Listed((0..length).map(|_| input(ty.clone())).collect()),
            });
        }
        (ids, roles)
    }

    /// One loop: the last states, then the stacks.
    pub fn looped(&self, length: usize, reverse: bool) -> Program {
        let mut b = Builder::new(&TRANSFORM);
        let (ids, roles) = self.roles(&mut b, length);
        let all = looped(&mut b, &self.function, &roles, length, reverse).unwrap();
        assert_eq!(all.states.len(), self.states(), "{}", self.about);
        b.finish(&ids, &[all.states, all.stacks].concat()).unwrap()
    }

    /// A call for each step.
    pub fn unrolled(&self, length: usize, reverse: bool) -> Program {
        let mut b = Builder::new(&TRANSFORM);
        let (ids, roles) = self.roles(&mut b, length);
        let mut steps: Vec<usize> = (0..length).collect();
        if reverse {
            steps.reverse();
        }
        let all = unrolled(&mut b, &self.function, &roles, &steps).unwrap();
        b.finish(&ids, &[all.states, all.stacks].concat()).unwrap()
    }
}

/// Two states and two stacks: `h' = w h + x`, `s' = s y + Σ h`, and `h x`, `s'` of each step.
pub(super) fn two_states() -> Case {
    let inputs = [
        scalars(&[2]),
        scalars(&[]),
        scalars(&[2]),
        scalars(&[]),
        scalars(&[2]),
    ];
    let sum = Reduce(Reduction::Sum, vec![0]);
    let instructions: [(Prim, &[usize]); 6] = [
        (Binary::Mul.into(), &[2, 4]),
        (Binary::Add.into(), &[5, 0]),
        (Binary::Mul.into(), &[1, 3]),
        (sum.into(), &[4]),
        (Binary::Add.into(), &[7, 8]),
        (Binary::Mul.into(), &[4, 0]),
    ];
    // The states are not the first inputs, and not beside each other.
    let body = program(&inputs, &instructions, &[9, 6, 10, 9]);
    let kinds = [Stacked, Carried, Constant, Listed, Carried];
    Case::new("two states", body, &kinds)
}

/// States and stacks of indices and keys: a walk through a table, with a mask for each step.
pub(super) fn of_other_values() -> Case {
    let inputs = [
        indices(&[3], 3),
        key(),
        scalars(&[3, 2]),
        indices(&[], 3),
        key(),
        scalars(&[2]),
        indices(&[], 2),
    ];
    let mask = Mask {
        dims: Dims::new(&[2]),
        keep: 1 << 31,
    };
    let gather: Prim = Gather { batch: 0, axis: 0 }.into();
    let instructions: [(Prim, &[usize]); 10] = [
        (gather.clone(), &[0, 3]),      // 7: where the walk is next
        (FoldIn(5).into(), &[4]),       // 8: the next key
        (gather, &[2, 3]),              // 9: the row of the table
        (mask.clone().into(), &[1]),    // 10: by the key of the loop
        (mask.into(), &[4]),            // 11: by the key that is carried
        (Binary::Mul.into(), &[9, 10]), // 12
        (Binary::Mul.into(), &[5, 11]), // 13
        (Binary::Add.into(), &[12, 13]),
        (ArgMax(0).into(), &[14]),
        (OneHot(2).into(), &[6]),
    ];
    let body = program(&inputs, &instructions, &[7, 8, 14, 15, 3, 8, 16, 1, 13]);
    let kinds = [
        Constant, Constant, Constant, Carried, Carried, Carried, Stacked,
    ];
    Case::new("indices and keys", body, &kinds)
}

/// No state: `x c`, the number of a listed index, and the index itself.
pub(super) fn without_state() -> Case {
    let inputs = [scalars(&[2]), scalars(&[2]), indices(&[], 4)];
    let instructions: [(Prim, &[usize]); 2] =
        [(Binary::Mul.into(), &[0, 1]), (ToScalar.into(), &[2])];
    let body = program(&inputs, &instructions, &[3, 4, 2]);
    Case::new("no state", body, &[Stacked, Constant, Listed])
}

/// Three states that move on, and no stack. The last index is of a smaller bound than the state that it becomes.
pub(super) fn without_stack() -> Case {
    let inputs = [indices(&[], 5), scalars(&[]), scalars(&[]), indices(&[], 3)];
    let body = program(&inputs, &[(Unary::Neg.into(), &[1])], &[3, 2, 4]);
    Case::new("no stack", body, &[Carried, Carried, Carried, Stacked])
}

/// A function whose derivative is another than that of its body: ten times the change of the state.
pub(super) fn with_a_rule() -> Case {
    let inputs = [scalars(&[]), scalars(&[])];
    let body = program(&inputs, &[(Binary::Mul.into(), &[0, 1])], &[2, 0]);
    let primals = [scalars(&[]), scalars(&[]), scalars(&[]), scalars(&[])];
    let ten = |more: &[Type], outputs: &[usize]| {
        let inputs = [&primals[..], more].concat();
        program(&inputs, &[(Scale(Literal::from(10)).into(), &[4])], outputs)
    };
    let two = [scalars(&[]), scalars(&[])];
    let rule = Rule {
        jvp: ten(&two, &[6, 5]),
        vjp: ten(&two, &[6, 5]),
    };
    Case {
        about: "a rule",
        function: Function::new("a rule", body, Some(rule)),
        kinds: vec![Carried, Stacked],
    }
}

pub(super) fn cases() -> [Case; 5] {
    [
        two_states(),
        of_other_values(),
        without_state(),
        without_stack(),
        with_a_rule(),
    ]
}
