//! The macros of `cotangent`. Use them from there: it re-exports them, and what they expand to names its items.
#![forbid(unsafe_code)]
#![deny(missing_docs)]

mod codes;
mod dim;
mod einsum;
mod entry;
mod errors;
mod graph;
mod list;
mod tokens;

use proc_macro::TokenStream;

/// A shape, as a type: `shape![32, 64]` is `(N<32>, N<64>)`.
///
/// # Grammar
///
/// At most six dims, separated by commas. A dim is
/// - a number below 1,000,000,000: `784` is `N<784>`, `50257` is `N2<50, 257>`, `1234567` is `N3<1, 234, 567>`;
/// - a const generic parameter or constant expression below 1,000, in braces: `{B}` is `N<B>`;
/// - a type: `D` for a `D: Dim`, or `_`.
///
/// ```ignore
/// let image: Tensor<f32, shape![3, 224, 224]> = Tensor::zeros();
/// fn rows<const B: usize, D: Dim>(x: Tensor<f32, shape![{B}, D]>) {}
/// type Scalar = shape![];
/// ```
#[proc_macro]
pub fn shape(input: TokenStream) -> TokenStream {
    dim::expand_shape(input.into()).into()
}

/// A context, as a type: a list of shapes, each written as in [`shape!`].
///
/// It expands to `HCons<shape![32, 64], HCons<shape![10], HNil>>`.
///
/// ```ignore
/// type Parameters = context![[32, 64], [10], []];
/// ```
#[proc_macro]
pub fn context(input: TokenStream) -> TokenStream {
    dim::expand_context(input.into()).into()
}

/// A list of tensors of different shapes: as an expression it builds one, as a pattern it takes one apart.
///
/// It expands to a `TensorList` of frunk's `HCons` and `HNil`. Its type has one entry for each tensor, so a pattern
/// has one too: `_` for a tensor that is not wanted.
///
/// ```ignore
/// let inputs = tlist![x, w, b];
/// let tlist![x, _, b] = inputs;
/// ```
#[proc_macro]
pub fn tlist(input: TokenStream) -> TokenStream {
    list::expand_list(input.into()).into()
}

/// [`tlist!`] by the name that says it is a pattern.
///
/// ```ignore
/// let tlist_pat![_, dw, db] = cotangents;
/// ```
#[proc_macro]
pub fn tlist_pat(input: TokenStream) -> TokenStream {
    list::expand_list(input.into()).into()
}

/// A differentiable program whose shapes the compiler checks.
///
/// # Grammar
///
/// ```text
/// graph!   = fn*  |  "|" header "|" ("->" returns)? (expr | "{" body "}")
/// fn       = attr* vis "fn" name generics? "(" header ")" "->" returns where? "{" body "}"
/// header   = (input ","?)* (";" (entry ","?)*)?                inputs; then the environment
/// input    = name ":" shape
/// entry    = input "<" dim  |  name ":" type                   labels below a bound; an entry type such as `Seed`
/// shape    = "[" (dim ","?)* "]"                               as in shape!; a const generic needs no braces
/// returns  = shape  |  "(" (shape ","?)+ ")"
/// body     = let* (expr | "(" (expr ","?)+ ")")
/// let      = "let" name (":" shape)? "=" expr ";"
///          | "let" "(" (name ","?)+ ")" "=" call of a graph ";"
/// expr     = name  |  call  |  "-" expr  |  expr ("+" | "-" | "*" | "/") expr  |  "(" expr ")"
/// call     = path "!"? "(" (arg ","?)* ")"                     a function or macro that returns an op
///          | (call | "{" rust "}") "(" (arg ","?)* ")"         a graph
/// arg      = expr  |  literal  |  "[" rust "]"  |  "&" rust  |  "{" rust "}"
/// ```
///
/// A lower-case name is an input, an entry of the environment or a `let` above; Rust values are in braces, or are
/// constants. The closure form also takes the variables around it, as arguments of a call. `let` shadows as in Rust,
/// and what is unused is a warning, unless its name begins with `_`.
///
/// A macro is called as a function is: its arguments are lowered, and what it expands to returns an op. So
/// `einsum!("ij,jk->ik", x * 2.0, tanh(w)) + b` is a graph's expression. Brackets and braces do for the parentheses.
///
/// One operand of an operator may be a number. It is kept exact: `x * 0.1` scales by one tenth over the rationals too.
///
/// # What it expands to
///
/// A named graph is a function of the scalar type, here called `A`, and of its own generic parameters. Unless its
/// `where` clause bounds `A`, it has `A: Real`. It returns a `GraphData` with the inputs and the shape of the result in
/// its type. The closure form is an expression with that value.
///
/// Each call and each operator is one node, in the order in which Rust would evaluate them. The node of
/// `let h = relu(matmul(x, w))` is named `h`, the one on the way to it `h/matmul`; the result is `out`.
///
/// ```ignore
/// graph! {
///     /// Mean cross-entropy of a linear classifier. After the semicolon: labels, each below 10.
///     pub fn loss<const B: usize>(x: [B, 64], w: [64, 10], b: [10]; labels: [B] < 10) -> [] {
///         let logits = matmul(x, w) + b;
///         cross_entropy(logits, labels)
///     }
/// }
/// let g = loss::<f32, 32>();
///
/// let g = graph!(|x: [2, 3], w: [3, 4]| relu(matmul(x, w)));
/// ```
#[proc_macro]
pub fn graph(input: TokenStream) -> TokenStream {
    graph::expand_graph(input.into()).into()
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
/// ```ignore
/// let g = graph!(|q: [2, 4, 8, 16], k: [2, 4, 8, 16]| einsum!("bhqd,bhkd->bhqk", q, k) / 4.0);
/// ```
#[proc_macro]
pub fn einsum(input: TokenStream) -> TokenStream {
    einsum::expand_einsum(input.into()).into()
}
