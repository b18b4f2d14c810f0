//! How much memory the values of a program take.

use super::primitive::Site;
use super::syntax::Program;
use crate::tensor::Type;

/// The bytes of values of these types, where a scalar takes `scalar` bytes.
pub(super) fn bytes(types: &[Type], scalar: usize) -> u64 {
    let each = types.iter().map(|ty| ty.bytes(scalar));
    each.fold(0, u64::saturating_add)
}

impl Program {
    /// How many bytes the values take that a run holds at once, at most, where a scalar takes `scalar_size` bytes.
    ///
    /// The inputs are held to the end, what is computed to its last use. A call holds the values of its function as well, a
    /// loop those of one step. What a kernel needs for itself is not counted, and views count as copies.
    /// `u64::MAX` where they do not fit.
    ///
    /// ```
    /// use cotangent::program::{Program, Unary};
    /// use cotangent::tensor::Dims;
    /// let mut program = Program::new(&[Dims::new(&[10])]);
    /// let mut x = 0;
    /// for _ in 0..100 {
    ///     x = program.push(Unary::Tanh, &[x])?;
    /// }
    /// program.set_outputs(&[x])?;
    /// assert_eq!(program.peak_bytes(size_of::<f32>()), 3 * 40); // the input, an argument and its result
    /// # Ok::<(), cotangent::program::ProgramError>(())
    /// ```
    pub fn peak_bytes(&self, scalar_size: usize) -> u64 {
        bytes(self.input_types(), scalar_size).saturating_add(self.computed_bytes(scalar_size))
    }

    /// The same without the inputs.
    pub(super) fn computed_bytes(&self, scalar: usize) -> u64 {
        let last = self.last_uses();
        let (mut held, mut peak) = (0u64, 0u64);
        for (at, instruction) in self.instructions.iter().enumerate() {
            let site = Site {
                x: &self.argument_types(instruction),
                y: &instruction.results,
            };
            held = held.saturating_add(bytes(site.y, scalar));
            peak = peak.max(held.saturating_add(instruction.prim.bytes_inside(&site, scalar)));
            let mut gone = instruction.arguments.to_vec();
            gone.retain(|&id| id >= self.inputs.len() && last[id] == at);
            gone.sort_unstable();
            gone.dedup();
            for id in gone {
                // A sum that did not fit says nothing any more.
                if held < u64::MAX {
                    held -= self.types[id].bytes(scalar);
                }
            }
        }
        peak
    }
}

#[cfg(test)]
mod tests {
    use crate::program::{
        Binary, Call, Concat, Function, Program, Reshape, Scan, Slice, Steps, Unary,
    };
    use crate::tensor::Dims;
    use std::sync::Arc;

    fn dims(sizes: &[usize]) -> Dims {
        Dims::new(sizes)
    }

    /// `exp(x) - tanh(exp(x) y)` for two values of 10 elements.
    fn body() -> Program {
        let mut program = Program::new(&[dims(&[10]), dims(&[10])]);
        let e = program.push(Unary::Exp, &[0]).unwrap();
        let p = program.push(Binary::Mul, &[e, 1]).unwrap();
        let t = program.push(Unary::Tanh, &[p]).unwrap();
        let d = program.push(Binary::Sub, &[e, t]).unwrap();
        program.set_outputs(&[d]).unwrap();
        program
    }

    fn function() -> Arc<Function> {
        Function::new("f", body(), None)
    }

    #[test]
    fn until_their_last_use() {
        // With the last instruction: both inputs, e, t and d; p is gone.
        assert_eq!(body().peak_bytes(1), 20 + 30);
        assert_eq!(body().peak_bytes(8), 8 * 50);
        // An argument that is given twice goes once; an output stays.
        let mut program = body();
        let square = program.push(Binary::Mul, &[5, 5]).unwrap();
        program.set_outputs(&[square, 2]).unwrap();
        assert_eq!(program.peak_bytes(1), 20 + 30);
        let more = program.push(Binary::Mul, &[square, square]).unwrap();
        program.set_outputs(&[more, square, 2]).unwrap();
        assert_eq!(program.peak_bytes(1), 20 + 30);
        // What nobody takes is held, as the interpreter does.
        let mut program = Program::new(&[dims(&[10])]);
        for _ in 0..5 {
            program.push(Unary::Exp, &[0]).unwrap();
        }
        assert_eq!(program.peak_bytes(1), 60);
    }

    #[test]
    fn of_a_call() {
        let mut program = Program::new(&[dims(&[10])]);
        let call = Call {
            function: function(),
            checkpoint: false,
        };
        let y = program.push(call.clone(), &[0, 0]).unwrap();
        let z = program.push(call, &[y, y]).unwrap();
        program.set_outputs(&[z]).unwrap();
        // The input, y, and the three of the second call, of which z is one.
        assert_eq!(program.peak_bytes(1), 10 + 10 + 30);
    }

    #[test]
    fn of_a_loop() {
        let mut scan = Scan {
            body: function(),
            length: 7,
            constants: 0,
            carried: 1,
            inputs: [Steps::Stacked].into(),
            outputs: [].into(),
            reverse: false,
        };
        let of = |scan: &Scan, inputs: &[Dims], arguments: &[usize]| {
            let mut program = Program::new(inputs);
            let y = program.push(scan.clone(), arguments).unwrap();
            program.set_outputs(&[y]).unwrap();
            program.peak_bytes(1)
        };
        // The inputs, what is carried, the entry of a step, the values of a step: not those of seven.
        let inputs = [dims(&[10]), dims(&[7, 10])];
        assert_eq!(of(&scan, &inputs, &[0, 1]), 80 + 10 + 10 + 30);
        scan.inputs = [Steps::Listed].into();
        let list = [0, 1, 1, 1, 1, 1, 1, 1];
        let inputs = [dims(&[10]), dims(&[10])];
        assert_eq!(of(&scan, &inputs, &list), 20 + 10 + 30);
        scan.length = 0;
        assert_eq!(of(&scan, &inputs, &list[..1]), 20 + 10);
        // A map: the outputs of the steps, and their stack.
        let mut map = Scan {
            carried: 0,
            length: 7,
            inputs: [Steps::Stacked, Steps::Stacked].into(),
            outputs: [Steps::Stacked].into(),
            ..scan
        };
        let inputs = [dims(&[7, 10]), dims(&[7, 10])];
        assert_eq!(of(&map, &inputs, &[0, 1]), 140 + 70 + 70);
        map.outputs = [Steps::Listed].into();
        assert_eq!(of(&map, &inputs, &[0, 1]), 140 + 70 + 20 + 30);
    }

    #[test]
    fn that_do_not_fit() {
        let large = dims(&[1 << 47]);
        let mut program = Program::new(&[dims(&[1])]);
        let full = crate::program::Full(large, crate::program::Literal::ratio(1, 1));
        let mut ids = Vec::new();
        for _ in 0..1 << 10 {
            ids.push(program.push(full.clone(), &[]).unwrap());
        }
        for &id in &ids {
            let flat = program.push(Reshape(dims(&[1 << 20, 1 << 27])), &[id]);
            let slice = Slice {
                axis: 0,
                start: 0,
                len: 1,
            };
            program.push(slice, &[flat.unwrap()]).unwrap();
        }
        program.push(Concat(0), &[0]).unwrap();
        assert_eq!(program.peak_bytes(1 << 10), u64::MAX);
        assert!(program.peak_bytes(8) > 1 << 60);
    }
}
