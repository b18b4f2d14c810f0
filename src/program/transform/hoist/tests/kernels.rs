//! The kernel of a user is of one step, and stays with its function.

use super::hoist;
use crate::program::{
    AnyKernel, Binary, Call, Contract, Function, Kernel, KernelInputs, Program, Scan, Steps, Unary,
};
use crate::tensor::Dims;

#[derive(Debug, PartialEq, Eq, Hash)]
struct Negated;

impl Kernel for Negated {
    fn run_f32(&self, x: KernelInputs<'_, f32>, y: &mut [&mut [f32]]) {
        y[0].iter_mut().zip(x.tensors[0]).for_each(|(y, x)| *y = -x);
    }
    fn run_f64(&self, x: KernelInputs<'_, f64>, y: &mut [&mut [f64]]) {
        y[0].iter_mut().zip(x.tensors[0]).for_each(|(y, x)| *y = -x);
    }
}

/// A loop of which a call leads to a product that would be computed before it.
fn called(kernel: Option<AnyKernel>) -> Program {
    let (vector, matrix, stack) = (Dims::new(&[2]), Dims::new(&[2, 2]), Dims::new(&[3, 2]));
    let mut negated = Program::new(core::slice::from_ref(&vector));
    let y = negated.push(Unary::Neg, &[0]).unwrap();
    negated.set_outputs(&[y]).unwrap();
    let function = Function::with_kernel("negated", negated, None, kernel);
    let mut step = Program::new(&[matrix.clone(), vector.clone(), vector.clone()]);
    let checkpoint = false;
    let y = step
        .push(
            Call {
                function,
                checkpoint,
            },
            &[2],
        )
        .unwrap();
    let y = step.push(Contract::new([0, 1], [1], [0]), &[0, y]).unwrap();
    let y = step.push(Binary::Mul, &[1, y]).unwrap();
    step.set_outputs(&[y]).unwrap();
    let scan = Scan {
        body: Function::new("step", step, None),
        length: 3,
        constants: 1,
        carried: 1,
        inputs: [Steps::Stacked].into(),
        outputs: [].into(),
        reverse: false,
    };
    let mut program = Program::new(&[matrix, vector, stack]);
    let y = program.push(scan, &[0, 1, 2]).unwrap();
    program.set_outputs(&[y]).unwrap();
    program
}

#[test]
fn calls_with_kernels_stay() {
    let program = called(Some(AnyKernel::new(Negated)));
    assert_eq!(hoist(&program).unwrap(), program);
    let without = called(None);
    assert_ne!(hoist(&without).unwrap(), without);
}
