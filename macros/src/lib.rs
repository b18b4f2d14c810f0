//! The macros of `cotangent`. Use them from there: it re-exports them, and what they expand to names its items.
#![forbid(unsafe_code)]
#![deny(missing_docs)]

mod errors;
mod expansion;
mod invocation;
mod lowering;
mod rustc;
mod syntax;
mod tokens;
mod validation;

use proc_macro::TokenStream;

/// A shape, as a type: `shape![32, 64]` is `(N<32>, N<64>)`.
///
/// # Grammar
///
/// At most six dims, separated by commas. A dim is
/// - a number below 1,000,000,000: `784` is `N<784>`, `50257` is `N2<50, 257>`, `1234567` is `N3<1, 234, 567>`;
/// - a constant, `HIDDEN` or `config::HIDDEN`, which is known by its capitals, or a constant expression in braces,
///   `{ HIDDEN / 2 }`;
/// - a const generic parameter below 1,000, in braces: `{B}` is `N<B>`;
/// - a type: `D` for a `D: Dim`, or `_`;
/// - a sum, a difference, a product or an exact quotient of these, with the precedence of Rust, and in parentheses.
///
/// Of numbers the macro computes it: `3 * 64` is `N<192>`. Else it is a type that rustc computes when it knows the dims:
/// `H * K` is `<H as Dim>::Times<K>`, also known as `Product<H, K>`. Sums and products need no bound but `Dim`; over a
/// generic `D` a difference needs `D: SubDim<K>` and a quotient `D: DivDim<H>`, which [`graph!`] writes itself.
///
/// In generic code `4 * D` and `D * 4` are one type: the numbers of a sum or a product are one, and in front. `H * K` and
/// `K * H` are two, for rustc computes with no law. The order is that of the axes: flattening `[H, K]` gives `[H * K]`,
/// `[4, D]` gives `[4 * D]`, and `concat` of `[N]` and `[M]` gives `[N + M]`. Only an axis of a number that comes after a
/// generic one has no such name: flattening `[D, 4]` gives `[Product<D, N<4>>]`.
///
/// ```
/// use cotangent::prelude::*;
/// let image: Tensor<f32, shape![3, 224, 224]> = Tensor::zeros();
/// assert_eq!(image.dims(), [3, 224, 224]);
///
/// fn rows<const B: usize, D: Dim>(x: &Tensor<f32, shape![{B}, D]>) -> usize
/// where
///     N<B>: Dim,
/// {
///     x.dims()[0]
/// }
/// assert_eq!(rows(&Tensor::from([[1.0], [2.0]])), 2);
///
/// fn joined<H: Dim, K: Dim>() -> &'static [usize] {
///     <shape![H + K, 4 * K]>::DIMS
/// }
/// assert_eq!(joined::<N<2>, N<3>>(), [5, 12]);
///
/// const HIDDEN: usize = 1024;
/// assert_eq!(<shape![32, HIDDEN]>::DIMS, [32, 1024]);
///
/// let vocabulary: shape![50257] = (N2::<50, 257>,);
/// let scalar: shape![] = ();
/// ```
#[proc_macro]
pub fn shape(input: TokenStream) -> TokenStream {
    invocation::expand_shape(input.into()).into()
}

/// A context, as a type: a list of entries. An entry is a shape, written as in [`shape!`], a group, or an array of entries
/// of one kind. It is written as an input of [`graph!`] is, and the arguments of a group are dims.
///
/// It expands to `HCons<shape![32, 64], HCons<shape![10], HNil>>`.
///
/// ```
/// use cotangent::prelude::*;
/// graph! {
///     struct Linear<I: Dim, O: Dim> { weight: [I, O], bias: [O] }
/// }
/// type Shapes = context![[2, 3], [Linear<3, 4>; 2], []];
/// assert_eq!(format!("{:?}", Shapes::dims()), "[[2, 3], [3, 4], [4], [3, 4], [4], []]");
/// let layer = Linear::of(Tensor::zeros(), Tensor::zeros());
/// let zero: TList<f64, Shapes> = tlist![Tensor::zeros(), [layer.clone(), layer], Tensor::zeros()];
/// assert_eq!(zero, TensorList::zeros());
/// ```
#[proc_macro]
pub fn context(input: TokenStream) -> TokenStream {
    invocation::expand_context(input.into()).into()
}

/// An environment, as a type: a list of what a graph reads without being differentiated by it. An entry is written as in the
/// header of a [`graph!`], after the semicolon: labels below a bound, a key, or an entry as in [`context!`].
///
/// It expands to `HCons<LabelsOf<N<3>, shape![2]>, HCons<Key, HCons<shape![32, 784], HNil>>>`.
///
/// ```
/// use cotangent::prelude::*;
/// type Env = environment![[2] < 3, key, [4]];
/// let env: <Env as Environment>::Of<f64> = tlist![Labels::new([2, 0])?, Key::new(7), Tensor::zeros()];
/// # let _ = env;
/// # Ok::<(), LabelsError>(())
/// ```
#[proc_macro]
pub fn environment(input: TokenStream) -> TokenStream {
    invocation::expand_environment(input.into()).into()
}

/// The type of a graph: its scalar, and its header as [`graph!`] has it. Names are optional.
///
/// It expands to `GraphData<f64, environment![…], context![…], Returns<…>>`, with a list of what the graph returns.
///
/// ```
/// use cotangent::prelude::*;
/// graph! {
///     fn loss(x: [2, 4], w: [4, 3]; labels: [2] < 3) -> [] { cross_entropy(matmul(x, w), labels) }
///     fn other(x: [2, 4], w: [4, 3]; labels: [2] < 3) -> [] { cross_entropy(matmul(x, w) * 2.0, labels) }
/// }
/// struct Model {
///     loss: graph_type!(f64, fn([2, 4], [4, 3]; [2] < 3) -> []),
/// }
/// let mut model = Model { loss: loss() };
/// model.loss = other();
/// let x = tlist![Tensor::ones(), Tensor::zeros()];
/// let y = model.loss.value(&x, &tlist![Labels::new([2, 0])?]);
/// assert!((y.item() - 3f64.ln()).abs() < 1e-12);
/// # Ok::<(), LabelsError>(())
/// ```
#[proc_macro]
pub fn graph_type(input: TokenStream) -> TokenStream {
    invocation::expand_graph_type(input.into()).into()
}

/// A list of tensors of different shapes: as an expression it builds one, as a pattern it takes one apart.
///
/// It expands to a `TensorList` of frunk's `HCons` and `HNil`. Its type has one entry for each tensor, so a pattern
/// has one too: `_` for a tensor that is not wanted.
///
/// An entry that is written as an array, `[p, q, r]`, is for an array of the context. Its values are on the heap, in a
/// `List`, so a pattern gives them a name, and `into_array` takes them apart.
///
/// ```
/// use cotangent::prelude::*;
/// let inputs = tlist![Tensor::from([1.0, 2.0]), Tensor::scalar(3.0), Tensor::scalar(4.0)];
/// let tlist![x, _, b] = inputs;
/// assert_eq!((x, b.item()), (Tensor::from([1.0, 2.0]), 4.0));
///
/// let layers = tlist![Tensor::scalar(1.0), [Tensor::scalar(2.0), Tensor::scalar(3.0)]];
/// let tlist![_, layers] = layers;
/// let [first, second] = layers.into_array();
/// assert_eq!((first.item(), second.item()), (2.0, 3.0));
/// ```
#[proc_macro]
pub fn tlist(input: TokenStream) -> TokenStream {
    invocation::expand_list(input.into()).into()
}

/// [`tlist!`] by the name that says it is a pattern.
///
/// ```
/// use cotangent::prelude::*;
/// let g = graph!(|x: [], w: [], b: []| x * w + b);
/// let x = tlist![Tensor::scalar(2.0), Tensor::scalar(3.0), Tensor::scalar(4.0)];
/// let (_, cotangents) = g.value_and_vjp(&x, &tlist![]);
/// let tlist_pat![_, dw, db] = cotangents;
/// assert_eq!((dw.item(), db.item()), (2.0, 1.0));
/// ```
#[proc_macro]
pub fn tlist_pat(input: TokenStream) -> TokenStream {
    invocation::expand_pattern(input.into()).into()
}

/// A differentiable program whose shapes the compiler checks.
///
/// # Grammar
///
/// ```text
/// graph!   = (use | fn | struct)*  |  use* "|" header "|" ("->" returns)? (expr | "{" body "}")
/// use      = Rust's                                            which of its names, in lower case, are graphs
/// fn       = attr* vis "fn" name generics? "(" header ")" "->" returns where? "{" body "}"
/// struct   = attr* vis "struct" name generics? where? "{" (attr* vis name ":" type ","?)* "}"     a group of parameters
/// where    = "where" (dim ":" "Dim" | Rust's)*                 `D / H: Dim`: a quotient that is taken elsewhere
/// header   = (input ","?)* (";" (entry ","?)*)?                inputs; then the environment
/// input    = name ":" type
/// type     = shape  |  path ("<" (argument ","?)* ">")?  |  "[" type ";" const "]"     a tensor, a group, an array
/// entry    = name ":" value  |  name                           what has no cotangent; a name alone is a key
/// value    = type  |  shape "<" dim  |  "key"                  labels below a bound; a key
/// shape    = "[" (dim ","?)* "]"
/// argument = dim  |  "const"? const                            `const` for a group of another invocation
/// dim      = size  |  dim ("+" | "-" | "*" | "/") dim  |  "(" dim ")"
/// size     = number  |  const  |  "{" const "}"  |  type       as in shape!; a const generic needs no braces
/// returns  = value  |  "(" (value ","?)+ ")"                   at most 12
/// body     = let* (expr | "(" (expr ","?)+ ")")
/// let      = "let" name (":" value)? "=" expr ";"
///          | "let" results "=" call ";"
/// results  = "(" (part ","?)+ ")"  |  list                     of a call with several results; of one that is a list
/// list     = "[" (part ","?)* "]"
/// part     = name  |  "_"  |  list
/// expr     = place  |  call  |  "-" expr  |  expr ("+" | "-" | "*" | "/") expr  |  "(" expr ")"
///          | number                                            an operand: all others are values
///          | path "{" (name (":" expr)? ","?)* "}"             a group
/// place    = name  |  place "." field  |  place "[" const "]"  of a group; of an array
/// number   = literal  |  constant  |  "{" rust "}"  |  "-" number  |  number ("+" | "-" | "*" | "/") number
/// call     = path "!"? "(" (arg ","?)* ")"                     a function or macro that returns an op
///          | name "(" (handle | param ","?)* ")"               a graph of this `graph!`, or of a `use` in it
///          | (call | "{" rust "}") "(" (handle ","?)* ")"      an expression of Rust that gives a graph
/// param    = constant  |  "{" rust "}"                         a parameter that no value of the graph has
/// handle   = arg  |  "(" (handle ","?)* ")"                    a list of values
/// arg      = expr  |  literal  |  "[" rust "]"  |  "&" rust  |  "{" rust "}"  |  "{" dim "}"     a dim of the parameters
/// ```
///
/// A lower-case name is an input, an entry of the environment or a `let` above; Rust values are in braces, or are
/// constants, or begin with a type, as `ConvWindow::new()` does. In a call of an op an integer is an axis, and those after it
/// are sizes: `sum_axis(x, 1)`, `slice(x, 1, 0, 3)`. The closure form also takes the variables around it, as arguments of a call. `let` shadows as in Rust,
/// and what is unused is a warning, unless its name begins with `_`.
///
/// A macro is called as a function is: its arguments are lowered, and what it expands to returns an op. So
/// `einsum!("ij,jk->ik", x * 2.0, tanh(w)) + b` is a graph's expression. Brackets and braces do for the parentheses.
///
/// # Numbers
///
/// An operand may be a number: a literal, a constant of Rust by its name, or any number of Rust in braces. A literal is kept
/// exact: `x * 0.1` scales by one tenth over the rationals too. So is what is computed of literals, of constants and of braces:
/// `2.0 / 3.0 * x` scales by two thirds. What is in braces Rust computes: `{ 2.0 / 3.0 }` is a double. A number becomes
/// one of the scalar when the graph runs, and is known when it is built, as is a tensor or another value that
/// `constant` takes. What changes from run to run is an input, or of the environment.
///
/// ```
/// use cotangent::prelude::*;
/// const RATE: f64 = 0.5;
/// let shift = 2;
/// let weights = Tensor::from([1.0, 2.0]);
/// let g = graph!(|x: [2]| (2.0 / 3.0 - RATE) * x + { shift } - constant({ weights }));
/// let y = g.value(&Tensor::from([6.0, 12.0]), ());
/// let near = |y: f64| (y - 2.0).abs() < 1e-12;
/// assert!(near(y[[0]]) && near(y[[1]]));
/// ```
///
/// # Calls
///
/// A graph is called by its name, as an op is: a graph of the same `graph!`, or one that a `use` in it names. Its dims are
/// inferred. A parameter that nothing in the header is alone, such as a number of heads, is inferred from nothing: it is an
/// argument, and no other parameter is written. Of its function in Rust it is the only one.
///
/// In `repeat(layer)(x, p)`, `scan(step)(…)`, `vmap(layer)(…)` and `checkpoint(block)(…)` the name of a graph stands for it.
/// A parameter `S: Shape` is a shape, of inputs, fields and results: `fn cube<S: Shape>(x: S) -> S { x * x * x }`. Any other
/// expression of Rust that gives a graph is called too: `{ g }(x)`, or `layers::norm()(x)`, whose first parentheses build it.
///
/// ```
/// use cotangent::prelude::*;
/// mod layers {
///     use cotangent::prelude::*;
///     graph! {
///         pub fn linear<B: Dim, I: Dim, O: Dim>(x: [B, I], w: [I, O]) -> [B, O] { matmul(x, w) }
///         pub fn power<T: Dim, D: Dim, const H: usize>(x: [T, D]) -> [T] {
///             let heads: [T, H, D / H] = split_axis(x, 1);
///             let sums = sum_axis(heads, 2);
///             sum_axis(sums * sums, 1)
///         }
///     }
/// }
/// graph! {
///     use layers::{power, linear};
///
///     fn network(x: [2, 8], w: [8, 8]) -> [2] {
///         block(linear(x, w), w)
///     }
///     fn block(x: [2, 8], w: [8, 8]) -> [2] {
///         power(checkpoint(linear)(x, w), 4) // four heads
///     }
/// }
/// let y = network::<f64>().value((&Tensor::ones(), &Tensor::ones()), ());
/// assert_eq!(y, Tensor::full(65536.0));
/// ```
///
/// # Groups
///
/// A `struct` is a group of parameters that travels as one argument. Its fields are tensors, other groups and arrays of
/// them. It is an entry of a context, and one struct for handles and for values: in a graph `p.weight` is a handle, and
/// outside of it `p.weight` is a tensor. `Parameters<f64, Linear<N<2>, N<2>>>` is the type of the
/// values, which are also those of a gradient. `Linear::of(weight, bias)` makes them, and so does a literal; they add,
/// subtract, scale, print and compare. As in Rust, other modules see the fields that are `pub`.
///
/// Its generic parameters are dims, and so are its arguments: `Linear<64, 4 * D>`. A const parameter is any `usize`, such
/// as a number of layers; where it is a dim, as in `[L, 3]`, the group has the bound `N<L>: Dim`, and so has a graph that
/// takes it. An argument for one is written as in Rust, `Model<12>`; for a group of another invocation of the macro, which
/// is not seen here, `Model<const 12>`. See `context::Group`, and `graph::repeat` for a block with parameters of its own in
/// each layer.
///
/// ```
/// use cotangent::prelude::*;
/// graph! {
///     /// A matrix and a bias.
///     pub struct Linear<I: Dim, O: Dim> { weight: [I, O], bias: [O] }
///
///     pub fn linear<B: Dim, I: Dim, O: Dim>(x: [B, I], p: Linear<I, O>) -> [B, O] {
///         matmul(x, p.weight) + p.bias
///     }
///
///     /// As many layers as one likes, and one more.
///     struct Network<const L: usize> { layers: [Linear<2, 2>; L], head: Linear<2, 1> }
///
///     fn network<const L: usize>(x: [1, 2], p: Network<L>) -> [] {
///         let h = repeat(linear)(x, p.layers);
///         sum(linear(h, p.head))
///     }
/// }
/// let layer = Linear::of(Tensor::from([[2.0, 0.0], [0.0, 1.0]]), Tensor::from([0.0, 1.0]));
/// let head = Linear::of(Tensor::ones(), Tensor::zeros());
/// let p = Network { layers: [layer.clone(), layer].into(), head };
/// let (y, tlist![_, gradient]) = network::<f64, 2>().value_and_vjp(&tlist![Tensor::ones(), p.clone()], &tlist![]);
/// assert_eq!((y.item(), &gradient.layers[1].bias), (7.0, &Tensor::from([1.0, 1.0])));
/// let next = p - gradient * 0.5;
/// assert_eq!(next.head.bias, Tensor::from([-0.5]));
/// ```
///
/// # Results
///
/// A graph returns one value or several: tensors, groups, arrays, labels, keys. In Rust several are a tuple, and so they are in
/// another graph. What is returned need not be new: an input is a result like any other. A key for what comes after the
/// graph is a new one, `next_key(key)`, so that nothing is drawn twice.
///
/// ```
/// use cotangent::prelude::*;
/// graph! {
///     /// The mean loss, and the scores that it is of.
///     fn judge(x: [2, 3], w: [3, 3]; labels: [2] < 3, shift: [3]) -> ([], [2, 3]) {
///         let scores = matmul(x, w) + shift;
///         (cross_entropy(scores, labels), scores)
///     }
///
///     fn margin(x: [2, 3], w: [3, 3]; labels: [2] < 3, shift: [3]) -> ([], []) {
///         let (loss, scores) = judge(x, w, labels, shift);
///         (loss, sum(scores) - loss)
///     }
/// }
/// let x = tlist![Tensor::from([[0.0, 9.0, 0.0], [9.0, 0.0, 0.0]]), Tensor::ones()];
/// let env = tlist![Labels::new([1, 0])?, Tensor::zeros()];
/// let (loss, scores) = judge::<f64>().value(&x, &env);
/// assert_eq!(scores, Tensor::from([[9.0; 3]; 2]));
/// let (same, margin) = margin::<f64>().value(&x, &env);
/// assert_eq!((same, margin.item()), (loss.clone(), 54.0 - loss.item()));
///
/// let noisy = graph!(|x: [8]; key| -> ([8], key) { (dropout(x, key, 0.5), next_key(key)) });
/// let (first, key) = noisy.value(&Tensor::<f64, _>::ones(), &Key::new(7));
/// let (second, _) = noisy.value(&Tensor::ones(), &key);
/// assert_ne!(first, second);
/// # Ok::<(), LabelsError>(())
/// ```
///
/// # What it expands to
///
/// A named graph is a function of the scalar type, here called `A`, and of its own generic parameters. Unless its
/// `where` clause bounds `A`, it has `A: Real`. It returns a `GraphData` with the inputs, the environment and the results in
/// its type, which [`graph_type!`] names. The closure form is an expression with that value; unless it says what it returns,
/// its type has all nodes.
///
/// Sizes may be computed from generic parameters: `[B, H * K]`, `[N + M]`, `[T, H, D / H]`. Sums and products need no
/// bound but `Dim`. Of a difference or a quotient the function has the bound that says that there is one, for the header,
/// for what is returned and for the shapes in the body, and it says that `H * (D / H)` and `H + (D - H)` are `D`. One that
/// is in none of these shapes has no bound: a generic graph that calls another one whose header has `[D / H]` names
/// `D / H` too: as `where D / H: Dim`, or as `let h: [D / H] = …`.
///
/// A parameter that is a dim is also a value, by its name in braces: `broadcast_axis(x, 0, { 4 * D })`.
///
/// Each call and each operator is one node, in the order in which Rust would evaluate them. The node of
/// `let h = relu(matmul(x, w))` is named `h`, the one on the way to it `h/matmul`; the result is `out`.
///
/// ```
/// use cotangent::prelude::*;
/// graph! {
///     /// Mean cross-entropy of a linear classifier. After the semicolon: labels, each below 10.
///     pub fn loss<const B: usize>(x: [B, 64], w: [64, 10], b: [10]; labels: [B] < 10) -> [] {
///         let logits = matmul(x, w) + b;
///         cross_entropy(logits, labels)
///     }
/// }
/// let g = loss::<f64, 2>();
/// let inputs = tlist![Tensor::zeros(), Tensor::zeros(), Tensor::zeros()];
/// let env = tlist![Labels::<10, shape![2]>::new([3, 1])?];
/// assert!((g.value(&inputs, &env).item() - 10f64.ln()).abs() < 1e-12);
///
/// // The closure form is an expression.
/// let g = graph!(|x: [1, 2], w: [2, 1]| relu(matmul(x, w)));
/// let x = tlist![Tensor::from([[1.0, 2.0]]), Tensor::from([[3.0], [4.0]])];
/// assert_eq!(g.value(&x, &tlist![]), Tensor::from([[11.0]]));
/// # Ok::<(), LabelsError>(())
/// ```
#[proc_macro]
pub fn graph(input: TokenStream) -> TokenStream {
    invocation::expand_graph(input.into()).into()
}

/// A sum of products, its axes named by letters: the result of one op, on one or two operands.
///
/// # Grammar
///
/// ```text
/// einsum!  = '"' letters ("," letters)? "->" letters '"' "," expr ("," expr)? ","?
/// letters  = up to six of "a" to "z", each at most once; none for a scalar
/// ```
///
/// A letter names an axis of each operand that has it, and the sizes of all these axes are equal. The result has the
/// letters after `->`, each of which is in an operand; over every other letter it sums:
///
/// | | |
/// | --- | --- |
/// | `"ij,jk->ik"` | a matrix product |
/// | `"bij,bjk->bik"` | one for each `b` |
/// | `"i,j->ij"` | an outer product |
/// | `"ij->j"` | the sums of the columns |
/// | `"bhqd,bhkd->bhqk"` | the scores of attention |
///
/// # What it expands to
///
/// The call of a function whose type parameters are the letters. So a wrong size reads ``expected `3`, found `4` ``,
/// with the caret at the operand. The value is a call of an op: inside [`graph!`] it is a node.
///
/// ```
/// use cotangent::prelude::*;
/// let g = graph!(|a: [2, 2], b: [2]| einsum!("ij,j->i", a, b) / 2.0);
/// let x = tlist![Tensor::from([[1.0, 2.0], [3.0, 4.0]]), Tensor::from([2.0, 4.0])];
/// assert_eq!(g.value(&x, &tlist![]), Tensor::from([5.0, 11.0]));
///
/// let scores = graph!(|q: [2, 4, 8, 16], k: [2, 4, 9, 16]| einsum!("bhqd,bhkd->bhqk", q, k) / 4.0);
/// let y = scores.value(&tlist![Tensor::<f64, _>::ones(), Tensor::ones()], &tlist![]);
/// assert_eq!((y.dims(), y[[0, 0, 0, 0]]), (&[2, 4, 8, 9][..], 4.0));
/// ```
#[proc_macro]
pub fn einsum(input: TokenStream) -> TokenStream {
    invocation::expand_einsum(input.into()).into()
}
