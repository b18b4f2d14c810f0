//! Terms for readers: `2·x[0]·y[1]² + exp(x[0]) − 1/2·recip(x + y)`.
//!
//! Monomials of high degree come first, then those whose atoms come first by name, indeterminates before functions.
//! It does not matter in which order the atoms were made.

use super::coefficient::Coefficient;
use super::label::Label;
use super::term::{Atom, Kind, Monomial, Repr, Summand, Symbol, Term};
use core::cmp::Reverse;
use core::fmt::{self, Write};
use std::borrow::Cow;
use std::collections::HashMap;

/// So many monomials are shown unless `{:#}` asks for all.
const SHOWN: usize = 12;
/// The atoms of a monomial in reading order, with their rank in it and their exponents.
type Factors<'a> = Vec<(usize, Reverse<i64>, &'a Atom)>;

/// The summands in reading order.
fn in_reading_order(summands: &[Summand]) -> Vec<(Factors<'_>, &Monomial, &Coefficient)> {
    let factors = summands.iter().flat_map(|(monomial, _)| monomial.factors());
    let mut atoms: Vec<&Atom> = factors.map(|(atom, _)| atom).collect();
    atoms.sort_unstable();
    atoms.dedup();
    // Labels are cut, so two atoms can share one; then the fingerprint decides.
    atoms.sort_by(|a, b| {
        a.label()
            .cmp(b.label())
            .then_with(|| a.fingerprint().cmp(&b.fingerprint()))
    });
    let rank: HashMap<u64, usize> = atoms
        .iter()
        .enumerate()
        .map(|(i, atom)| (atom.id(), i))
        .collect();
    let read = |(monomial, coefficient)| {
        let monomial: &Monomial = monomial;
        let ranked = monomial
            .factors()
            .iter()
            .map(|(a, e)| (rank[&a.id()], Reverse(*e), a));
        let mut factors: Factors = ranked.collect();
        factors.sort_unstable();
        (factors, monomial, coefficient)
    };
    let mut out: Vec<_> = summands.iter().map(|(m, c)| read((m, c))).collect();
    out.sort_by(|(f, m, _), (g, n, _)| n.degree().cmp(&m.degree()).then_with(|| f.cmp(g)));
    out
}

/// A part of what is printed.
enum Piece<'a> {
    Text(Cow<'a, str>),
    Term(&'a Term),
}

impl<'a> From<&'a str> for Piece<'a> {
    fn from(text: &'a str) -> Self {
        Piece::Text(text.into())
    }
}

/// Prints some pieces, in order. Arguments in arguments are pieces in turn: no recursion, for they nest deeply.
fn write_pieces(out: &mut impl Write, mut pieces: Vec<Piece>, whole: bool) -> fmt::Result {
    pieces.reverse();
    while let Some(piece) = pieces.pop() {
        match piece {
            Piece::Text(text) => out.write_str(&text)?,
            Piece::Term(term) => {
                let start = pieces.len();
                push_term(&mut pieces, term, whole);
                pieces[start..].reverse();
            }
        }
    }
    Ok(())
}

fn push_term<'a>(pieces: &mut Vec<Piece<'a>>, term: &'a Term, whole: bool) {
    let summands = match &term.0 {
        Repr::Sum(summands) => summands.as_slice(),
        Repr::Undefined(why) => {
            return pieces.push(Piece::Text(format!("undefined ({why})").into()));
        }
    };
    if summands.is_empty() {
        return pieces.push("0".into());
    }
    let shown = if whole { summands.len() } else { SHOWN };
    for (i, (factors, _, coefficient)) in in_reading_order(summands)
        .into_iter()
        .take(shown)
        .enumerate()
    {
        let positive = coefficient.is_positive();
        let sign = match (i, positive) {
            (0, true) => "",
            (0, false) => "−",
            (_, true) => " + ",
            (_, false) => " − ",
        };
        pieces.push(sign.into());
        let size = if positive {
            coefficient.clone()
        } else {
            coefficient.negated()
        };
        if factors.is_empty() {
            pieces.push(Piece::Text(size.to_string().into()));
        } else if !size.is_one() {
            pieces.push(Piece::Text(format!("{size}·").into()));
        }
        for (i, (_, Reverse(exponent), atom)) in factors.into_iter().enumerate() {
            pieces.push(if i > 0 { "·" } else { "" }.into());
            if whole {
                push_kind(pieces, atom.kind());
            } else {
                pieces.push(atom.label().as_str().into());
            }
            pieces.push(Piece::Text(superscript(exponent).into()));
        }
    }
    if shown < summands.len() {
        pieces.push(Piece::Text(
            format!(" + … ({} terms)", summands.len()).into(),
        ));
    }
}

fn superscript(exponent: i64) -> String {
    if exponent == 1 {
        return String::new();
    }
    let digits = exponent.to_string();
    let raised = digits.chars().map(|c| match c {
        '-' => '⁻',
        '1' => '¹',
        '2' => '²',
        '3' => '³',
        // The superscripts of 0 and 4 to 9 are in one row of Unicode.
        digit => char::from_u32('⁰' as u32 + digit.to_digit(10).unwrap_or(0)).unwrap_or(digit),
    });
    raised.collect()
}

fn push_kind<'a>(pieces: &mut Vec<Piece<'a>>, kind: &'a Kind) {
    let (symbol, arguments) = match kind {
        Kind::Indeterminate(name) => return pieces.push((&**name).into()),
        Kind::Apply(symbol, arguments) => (symbol, arguments),
    };
    let [open, close] = if *symbol == Symbol::Max {
        ["{", "}"]
    } else {
        ["(", ")"]
    };
    pieces.extend([symbol.name().into(), open.into()]);
    for (i, argument) in arguments.iter().enumerate() {
        pieces.extend([if i > 0 { ", " } else { "" }.into(), Piece::Term(argument)]);
    }
    pieces.push(close.into());
}

/// What a term is sorted by.
pub(super) fn label_of(term: &Term) -> Label {
    Label::written(false, |out| {
        write_pieces(out, vec![Piece::Term(term)], false)
    })
}

/// The label of an atom of this kind, which is how it is printed when it is not printed whole.
pub(super) fn label_of_kind(kind: &Kind) -> Label {
    match kind {
        Kind::Indeterminate(name) => Label::of_name(name),
        Kind::Apply(..) => {
            let mut pieces = Vec::new();
            push_kind(&mut pieces, kind);
            Label::written(true, |out| write_pieces(out, pieces, false))
        }
    }
}

impl Term {
    /// The coefficient of the monomial that is printed first; `None` for zero and what is undefined.
    pub(super) fn leading_coefficient(&self) -> Option<Coefficient> {
        let ordered = in_reading_order(self.summands()?);
        ordered
            .first()
            .map(|(_, _, coefficient)| (*coefficient).clone())
    }
}

/// High degrees first, then by name; `{:#}` prints all of a long term, `{}` cuts it.
impl fmt::Display for Term {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let whole = f.alternate();
        write_pieces(f, vec![Piece::Term(self)], whole)
    }
}

/// As [`Display`](fmt::Display) does: the normal form is what a reader wants to see.
impl fmt::Debug for Term {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let whole = f.alternate();
        write_pieces(f, vec![Piece::Term(self)], whole)
    }
}
