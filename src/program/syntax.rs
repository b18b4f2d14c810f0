//! What a program is made of: primitives, instructions, functions, programs. They contain each other, so they are one
//! file.

use super::input::{Input, Label};
use super::kernel::AnyKernel;
use super::primitives::*;
use crate::scalar::{Binary, Unary};
use crate::tensor::Type;
use core::hash::{Hash, Hasher};
use std::sync::{Arc, Mutex, OnceLock};

/// Lists the primitives, once: writes the enum, its conversions, and the macro that calls a method of whichever it is.
macro_rules! primitives {
    ($($Name:ident)*) => {
        /// A primitive: what an instruction does. Each has a struct of its name, with its parameters, which
        /// [`Program::push`] takes as it is.
        ///
        /// Each is run here on the values beside it:
        ///
        /// ```
        /// use cotangent::program::*;
        /// use cotangent::scalar::{Comparison, Precision};
        /// use cotangent::tensor::{AnyTensor, Dims, Indices, Key};
        ///
        /// fn x(dims: &[usize], elements: &[f64]) -> Value<f64> {
        ///     AnyTensor::new(dims, elements.to_vec()).unwrap().into()
        /// }
        /// fn i(dims: &[usize], below: usize, elements: &[usize]) -> Value<f64> {
        ///     Indices::new(dims, below, elements.to_vec()).unwrap().into()
        /// }
        /// fn run<const N: usize>(prim: impl Into<Prim>, arguments: [Value<f64>; N]) -> Value<f64> {
        ///     let mut program = Program::new(&arguments.each_ref().map(Value::ty));
        ///     let y = program.push(prim, &Vec::from_iter(0..N)).unwrap();
        ///     program.set_outputs(&[y]).unwrap();
        ///     program.run(&arguments).unwrap().swap_remove(0)
        /// }
        ///
        /// // Element by element.
        /// assert_eq!(run(Unary::Neg, [x(&[2], &[1.0, 2.0])]), x(&[2], &[-1.0, -2.0]));
        /// assert_eq!(run(Binary::Mul, [x(&[2], &[1.0, 2.0]), x(&[2], &[3.0, 4.0])]), x(&[2], &[3.0, 8.0]));
        /// assert_eq!(run(Scale(10.into()), [x(&[2], &[1.0, 2.0])]), x(&[2], &[10.0, 20.0]));
        /// assert_eq!(run(Offset(10.into()), [x(&[2], &[1.0, 2.0])]), x(&[2], &[11.0, 12.0]));
        /// assert_eq!(run(Cast(Precision::Single), [x(&[1], &[0.1])]), x(&[1], &[f64::from(0.1_f32)]));
        /// let [one, two, three] = [1.0, 2.0, 3.0].map(|a| x(&[1], &[a]));
        /// assert_eq!(run(Select, [one.clone(), two.clone(), three]), two);
        /// assert_eq!(run(Compare(Comparison::Less), [one, two]), i(&[1], 2, &[1]));
        /// // Values without arguments.
        /// assert_eq!(run(Full(Dims::new(&[2]), 7.into()), []), x(&[2], &[7.0, 7.0]));
        /// let elements = Elements::Scalars(vec![1.into(), Literal::ratio(1, 2)]);
        /// assert_eq!(run(Constant { dims: Dims::new(&[2]), elements }, []), x(&[2], &[1.0, 0.5]));
        /// assert_eq!(run(Iota(Dims::new(&[2, 2]), 1), []), i(&[2, 2], 2, &[0, 1, 0, 1]));
        /// // Products, reductions and sums along an axis.
        /// let matrix = || x(&[2, 2], &[1.0, 2.0, 3.0, 4.0]);
        /// assert_eq!(run(Contract::new([0, 1], [1], [0]), [matrix(), x(&[2], &[1.0, 1.0])]), x(&[2], &[3.0, 7.0]));
        /// assert_eq!(run(Reduce(Reduction::Sum, vec![0]), [matrix()]), x(&[2], &[4.0, 6.0]));
        /// assert_eq!(run(Reduce(Reduction::Max, vec![0]), [matrix()]), x(&[2], &[3.0, 4.0]));
        /// assert_eq!(run(ArgMax(1), [matrix()]), i(&[2], 2, &[1, 1]));
        /// assert_eq!(run(ArgMin(1), [matrix()]), i(&[2], 2, &[0, 0]));
        /// assert_eq!(run(TopK { axis: 1, count: 2 }, [matrix()]), i(&[2, 2], 2, &[1, 0, 1, 0]));
        /// assert_eq!(run(CumSum { axis: 1, reverse: false }, [matrix()]), x(&[2, 2], &[1.0, 3.0, 3.0, 7.0]));
        /// // The same elements elsewhere.
        /// assert_eq!(run(Reshape(Dims::new(&[4])), [matrix()]), x(&[4], &[1.0, 2.0, 3.0, 4.0]));
        /// assert_eq!(run(Permute(vec![1, 0]), [matrix()]), x(&[2, 2], &[1.0, 3.0, 2.0, 4.0]));
        /// let rows = Broadcast(Dims::new(&[2, 2]), vec![1]);
        /// assert_eq!(run(rows, [x(&[2], &[1.0, 2.0])]), x(&[2, 2], &[1.0, 2.0, 1.0, 2.0]));
        /// assert_eq!(run(Concat(0), [x(&[2], &[1.0, 2.0]), x(&[1], &[3.0])]), x(&[3], &[1.0, 2.0, 3.0]));
        /// assert_eq!(run(Slice { axis: 1, start: 1, len: 1 }, [matrix()]), x(&[2, 1], &[2.0, 4.0]));
        /// assert_eq!(run(Pad { axis: 0, start: 1, len: 3 }, [x(&[1], &[5.0])]), x(&[3], &[0.0, 5.0, 0.0]));
        /// // Windows of an image.
        /// let window = Window::of([1, 2]);
        /// assert_eq!(run(Unfold(window), [x(&[1, 3], &[1.0, 2.0, 3.0])]), x(&[2, 2], &[1.0, 2.0, 2.0, 3.0]));
        /// assert_eq!(run(Fold(window, [1, 3]), [matrix()]), x(&[1, 3], &[1.0, 5.0, 4.0]));
        /// // By indices: rows of a table, one entry of each row, and their adjoint.
        /// let picked = || i(&[2], 2, &[1, 0]);
        /// assert_eq!(run(Gather { batch: 0, axis: 0 }, [matrix(), picked()]), x(&[2, 2], &[3.0, 4.0, 1.0, 2.0]));
        /// assert_eq!(run(Gather { batch: 1, axis: 1 }, [matrix(), picked()]), x(&[2], &[2.0, 3.0]));
        /// let scatter = ScatterAdd { batch: 0, axis: 0, rows: 2 };
        /// assert_eq!(run(scatter, [x(&[2], &[5.0, 6.0]), i(&[2], 2, &[1, 1])]), x(&[2], &[0.0, 11.0]));
        /// assert_eq!(run(OneHot(3), [i(&[1], 3, &[2])]), x(&[1, 3], &[0.0, 0.0, 1.0]));
        /// assert_eq!(run(ToScalar, [picked()]), x(&[2], &[1.0, 0.0]));
        /// // By keys.
        /// let key = Key::new(7);
        /// assert_eq!(run(FoldIn(3), [key.into()]), key.fold_in(3).into());
        /// assert_eq!(run(FoldInIndex, [key.into(), i(&[], 5, &[4])]), key.fold_in(4).into());
        /// assert_eq!(run(Mask { dims: Dims::new(&[2]), keep: 1 << 32 }, [key.into()]), x(&[2], &[1.0, 1.0]));
        /// let first = Key::new(7).bits64(0) >> 12;
        /// assert_eq!(run(Uniform(Dims::new(&[1])), [key.into()]), x(&[1], &[first as f64 / 2f64.powi(52)]));
        /// // Calls and loops: three times twice the value.
        /// let mut twice = Program::new(&[Dims::new(&[])]);
        /// let y = twice.push(Scale(2.into()), &[0]).unwrap();
        /// twice.set_outputs(&[y]).unwrap();
        /// let function = Function::new("twice", twice, None);
        /// assert_eq!(run(Call { function: function.clone(), checkpoint: false }, [x(&[], &[5.0])]), x(&[], &[10.0]));
        /// let (inputs, outputs) = ([].into(), [].into());
        /// let scan = Scan { body: function, length: 3, constants: 0, carried: 1, inputs, outputs, reverse: false };
        /// assert_eq!(run(scan, [x(&[], &[5.0])]), x(&[], &[40.0]));
        /// ```
        #[derive(Clone, Debug, PartialEq, Eq, Hash)]
        pub enum Prim {
            $(
                #[doc = concat!("See [`", stringify!($Name), "`].")]
                $Name($Name),
            )*
        }

        $(impl From<$Name> for Prim {
            fn from(prim: $Name) -> Prim {
                Prim::$Name(prim)
            }
        })*

        /// `dispatch!(prim, p => p.method())`, for every primitive.
        macro_rules! dispatch {
            ($value:expr, $p:ident => $body:expr) => {
                match $value { $($crate::program::Prim::$Name($p) => $body,)* }
            };
        }
        pub(super) use dispatch;

        /// `parsed!(name, parameters)`: the first primitive that reads this text as its own.
        macro_rules! parsed {
            ($name:expr, $parameters:expr) => {
                None$(.or_else(|| <$crate::program::$Name as Primitive>::parse($name, $parameters).map(Prim::from)))*
            };
        }
        pub(super) use parsed;
    };
}

primitives! {
    Unary Binary Scale Offset Full Constant Select Cast Compare
    Contract
    Reduce CumSum ArgMax ArgMin TopK
    Reshape Permute Broadcast Concat Slice Pad
    Unfold Fold
    Gather ScatterAdd OneHot Iota ToScalar
    FoldIn FoldInIndex Mask Uniform
    Call Scan
}

/// A function, called: it takes the inputs of its body and gives its outputs. An example is that of [`Function`].
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Call {
    /// The function.
    pub function: Arc<Function>,
    /// Whether the backward pass keeps the arguments only, and computes the rest again.
    pub checkpoint: bool,
}

/// The values for the steps of a loop: see [`Scan`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Steps {
    /// One value with a leading axis: its entries are those of the steps.
    Stacked,
    /// A value for each step.
    Listed,
}

/// A loop of known length, as `lax.scan` is. Its body takes constants, the carried values and the inputs of its step, and
/// gives the next carried values and the outputs of its step.
///
/// The arguments are the constants, the first carried values, then each input: one value if it is stacked, `length` if
/// it is listed. The results are the last carried values, then each output in the same way.
///
/// The sums of the first entries of a value, each and in the end:
///
/// ```
/// use cotangent::prelude::*;
/// use cotangent::program::{Function, Program, Scan, Steps};
/// use cotangent::scalar::Binary;
/// use cotangent::tensor::Dims;
/// let mut step = Program::new(&[Dims::new(&[]), Dims::new(&[])]);
/// let sum = step.push(Binary::Add, &[0, 1])?;
/// step.set_outputs(&[sum, sum])?; // what is carried, and what is returned of this step
/// let scan = Scan {
///     body: Function::new("step", step, None),
///     length: 3,
///     constants: 0,
///     carried: 1,
///     inputs: [Steps::Stacked].into(),
///     outputs: [Steps::Stacked].into(),
///     reverse: false,
/// };
/// let mut sums = Program::new(&[Dims::new(&[]), Dims::new(&[3])]);
/// let last = sums.push(scan, &[0, 1])?;
/// sums.set_outputs(&[last, last + 1])?;
/// let y = sums.run(&[AnyTensor::scalar(0.0).into(), Tensor::from([1.0, 2.0, 3.0]).to_any().into()])?;
/// assert_eq!(y, [AnyTensor::scalar(6.0).into(), Tensor::from([1.0, 3.0, 6.0]).to_any().into()]);
/// # Ok::<(), cotangent::program::ProgramError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Scan {
    /// The body.
    pub body: Arc<Function>,
    /// How many steps.
    pub length: usize,
    /// How many constants the body takes.
    pub constants: usize,
    /// How many values are carried from step to step.
    pub carried: usize,
    /// How each input for the steps is given.
    pub inputs: Box<[Steps]>,
    /// How each output of the steps is returned.
    pub outputs: Box<[Steps]>,
    /// Whether the last step is taken first.
    pub reverse: bool,
}

/// One step of a program: a primitive, the values it takes, by id, and the types of the values it gives.
#[derive(Clone, Debug)]
pub struct Instruction {
    /// The primitive.
    pub prim: Prim,
    /// The values it takes.
    pub arguments: Box<[usize]>,
    /// The types of its results: one or more.
    pub results: Box<[Type]>,
    /// What a user calls it. It takes no part in equality.
    pub label: Option<Arc<Label>>,
}

impl PartialEq for Instruction {
    fn eq(&self, other: &Self) -> bool {
        self.prim == other.prim
            && self.arguments == other.arguments
            && self.results == other.results
    }
}

impl Eq for Instruction {}

impl Hash for Instruction {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.prim.hash(state);
        self.arguments.hash(state);
        self.results.hash(state);
    }
}

/// A program: inputs, instructions, outputs. The values are the inputs, then the results of each instruction; ids count them
/// from 0. Equal programs do the same by the same instructions; names take no part in it.
///
/// ```
/// use cotangent::prelude::*;
/// use cotangent::program::Program;
/// use cotangent::scalar::Unary;
/// use cotangent::tensor::Dims;
/// let mut program = Program::new(&[Dims::new(&[2])]);
/// let negative = program.push(Unary::Neg, &[0])?;
/// program.set_outputs(&[negative])?;
/// let x = Tensor::from([1.0, -2.0]).to_any();
/// assert_eq!(program.run(&[x.into()])?, [Tensor::from([-1.0, 2.0]).to_any().into()]);
/// # Ok::<(), cotangent::program::ProgramError>(())
/// ```
#[derive(Clone, Debug, Default)]
pub struct Program {
    pub(super) inputs: Vec<Input>,
    pub(super) instructions: Vec<Instruction>,
    pub(super) outputs: Vec<usize>,
    /// The id of the first result of each instruction, then the number of values: follows from the rest.
    pub(super) first: Vec<usize>,
    /// The type of each value: follows from the rest.
    pub(super) types: Vec<Type>,
    /// The instruction by position that takes each value last: follows from the rest, and is found when it is asked for.
    pub(super) last: OnceLock<Box<[usize]>>,
}

impl PartialEq for Program {
    fn eq(&self, other: &Self) -> bool {
        self.inputs == other.inputs
            && self.instructions == other.instructions
            && self.outputs == other.outputs
    }
}

impl Eq for Program {}

impl Hash for Program {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.inputs.hash(state);
        self.instructions.hash(state);
        self.outputs.hash(state);
    }
}

/// The derivatives of a function, where they are not those of its body: an op's own.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Rule {
    /// `x… y… dx… -> dy…`, with a `dx` and a `dy` for each `x` and `y` that is made of scalars.
    pub jvp: Program,
    /// `x… y… dy… -> dx…`, likewise.
    pub vjp: Program,
}

/// A named program, with derivatives of its own or those of its body.
///
/// Functions are interned: equal ones are one. Names take no part in equality, but two functions of different names are
/// two, so that each is shown by its own. A [kernel](crate::program::Kernel) takes part in it; the text of a program has none.
///
/// ```
/// use cotangent::program::{Call, Function, Program};
/// use cotangent::scalar::Binary;
/// use cotangent::tensor::Dims;
/// use std::sync::Arc;
/// let mut square = Program::new(&[Dims::new(&[])]);
/// let y = square.push(Binary::Mul, &[0, 0])?;
/// square.set_outputs(&[y])?;
/// let function = Function::new("square", square.clone(), None);
/// assert_eq!((function.name(), function.body(), function.rule()), ("square", &square, None));
/// assert!(Arc::ptr_eq(&function, &Function::new("square", square.clone(), None)));
///
/// // Called twice, and written once.
/// let mut fourth = Program::new(&[Dims::new(&[])]);
/// let call = Call { function, checkpoint: false };
/// let y = fourth.push(call.clone(), &[0])?;
/// let y = fourth.push(call, &[y])?;
/// fourth.set_outputs(&[y])?;
/// let text = "\
/// cotangent program 1
/// function 0 square {
///   %0: []
///   %1 [] = mul %0 %0
///   return %1
/// }
/// %0: []
/// %1 [] = call(f0) %0
/// %2 [] = call(f0) %1
/// return %2
/// ";
/// assert_eq!(fourth.to_string(), text);
/// # Ok::<(), cotangent::program::ProgramError>(())
/// ```
pub struct Function {
    pub(super) name: Arc<str>,
    pub(super) body: Program,
    pub(super) rule: Option<Rule>,
    pub(super) kernel: Option<AnyKernel>,
    pub(super) hash: u64,
    /// What was derived from it, so that the layers of a network are differentiated once.
    pub(super) derived: Mutex<Vec<(Request, Arc<Derived>)>>,
}

/// A transformation of a function that was asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Request {
    /// Its tangents, where these inputs have one.
    Jvp(Box<[bool]>),
    /// Its pullback: for which inputs cotangents are wanted, and for which outputs they are given.
    Vjp(Box<[bool]>, Box<[bool]>),
    /// Its rules, as an op writes them.
    Rules,
    /// Its rules, with changes of these inputs only.
    RulesWanted(Box<[bool]>),
    /// Checked over a batch of this size, where these inputs have the new axis.
    Batch(Box<[bool]>, usize),
}

/// What a transformation made of a function.
#[derive(Clone, Debug)]
pub(crate) struct Derived {
    /// The program, or the two halves of a pullback.
    pub programs: Vec<Program>,
    /// Which outputs have a tangent, or the new axis.
    pub flags: Vec<bool>,
}
