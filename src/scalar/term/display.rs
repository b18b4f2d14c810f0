//! Terms for readers: `2·x[0]·y[1]² + exp(x[0]) − 1/2·recip(x + y)`.
//!
//! Monomials of high degree come first, then those whose atoms come first by name, indeterminates before functions.
//! It does not matter in which order the atoms were made.

use super::atom::{Atom, Kind, Symbol};
use super::{Coefficient, Monomial, Summand, Term};
use core::cmp::{Ordering, Reverse};
use core::fmt::{self, Write};
use std::collections::HashMap;

/// So many monomials are shown unless `{:#}` asks for all.
const SHOWN: usize = 12;
/// So many characters of the label of an atom are kept.
const LABEL: usize = 160;

/// What an atom or a term is sorted by: how it is printed. Runs of digits are compared as numbers, and functions come
/// after indeterminates.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Label {
    applied: bool,
    text: String,
}

impl Label {
    pub(super) fn of(term: &Term) -> Self {
        Self::written(false, |label| write_term(label, term, false))
    }

    pub(super) fn as_str(&self) -> &str {
        &self.text
    }

    fn written(applied: bool, write: impl FnOnce(&mut Cut) -> fmt::Result) -> Self {
        let mut label = Cut {
            text: String::new(),
            left: LABEL,
        };
        if write(&mut label).is_err() {
            label.text.push('…');
        }
        Label {
            applied,
            text: label.text,
        }
    }
}

/// Text that fails when it is full.
struct Cut {
    text: String,
    left: usize,
}

impl Write for Cut {
    fn write_str(&mut self, s: &str) -> fmt::Result {
        for c in s.chars() {
            self.left = self.left.checked_sub(1).ok_or(fmt::Error)?;
            self.text.push(c);
        }
        Ok(())
    }
}

impl Ord for Label {
    fn cmp(&self, other: &Self) -> Ordering {
        let [x, y] = [self, other].map(|label| label.text.as_str());
        let applied = self.applied.cmp(&other.applied);
        applied.then_with(|| natural(x, y)).then_with(|| x.cmp(y))
    }
}

impl PartialOrd for Label {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// `x2` before `x10`.
fn natural<'a>(mut x: &'a str, mut y: &'a str) -> Ordering {
    loop {
        let [digits_x, digits_y] = [x, y].map(|s| {
            let end = s.find(|c: char| !c.is_ascii_digit()).unwrap_or(s.len());
            s[..end].trim_start_matches('0')
        });
        let [rest_x, rest_y] = [x, y].map(|s| s.trim_start_matches(|c: char| c.is_ascii_digit()));
        let numbers = rest_x.len() < x.len() && rest_y.len() < y.len();
        if numbers {
            let order = digits_x
                .len()
                .cmp(&digits_y.len())
                .then_with(|| digits_x.cmp(digits_y));
            if order.is_ne() {
                return order;
            }
            (x, y) = (rest_x, rest_y);
        }
        let (mut chars_x, mut chars_y) = (x.chars(), y.chars());
        match (chars_x.next(), chars_y.next()) {
            (None, None) => return Ordering::Equal,
            (a, b) if a != b => return a.cmp(&b),
            _ => (x, y) = (chars_x.as_str(), chars_y.as_str()),
        }
    }
}

/// The label of an atom of this kind, which is how it is printed when it is not printed whole.
pub(super) fn label(kind: &Kind) -> Label {
    match kind {
        // Names are not cut: a reader knows them.
        Kind::Indeterminate(name) => Label {
            applied: false,
            text: name.to_string(),
        },
        Kind::Apply(..) => Label::written(true, |label| write_kind(label, kind, false)),
    }
}

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

fn write_term(out: &mut impl Write, term: &Term, whole: bool) -> fmt::Result {
    let Some(summands) = term.summands() else {
        return out.write_str("undefined");
    };
    if summands.is_empty() {
        return out.write_str("0");
    }
    let shown = if whole { summands.len() } else { SHOWN };
    for (i, (factors, _, coefficient)) in in_reading_order(summands)
        .into_iter()
        .take(shown)
        .enumerate()
    {
        let positive = coefficient.is_positive();
        out.write_str(match (i, positive) {
            (0, true) => "",
            (0, false) => "−",
            (_, true) => " + ",
            (_, false) => " − ",
        })?;
        let size = if positive {
            coefficient.clone()
        } else {
            coefficient.negated()
        };
        if factors.is_empty() {
            write!(out, "{size}")?;
        } else if !size.is_one() {
            write!(out, "{size}·")?;
        }
        for (i, (_, Reverse(exponent), atom)) in factors.into_iter().enumerate() {
            out.write_str(if i > 0 { "·" } else { "" })?;
            if whole {
                write_kind(out, atom.kind(), true)?;
            } else {
                out.write_str(atom.label().as_str())?;
            }
            write_exponent(out, exponent)?;
        }
    }
    if shown < summands.len() {
        write!(out, " + … ({} terms)", summands.len())?;
    }
    Ok(())
}

fn write_exponent(out: &mut impl Write, exponent: i64) -> fmt::Result {
    if exponent == 1 {
        return Ok(());
    }
    for c in exponent.to_string().chars() {
        out.write_char(match c {
            '-' => '⁻',
            '1' => '¹',
            '2' => '²',
            '3' => '³',
            // The superscripts of 0 and 4 to 9 are in one row of Unicode.
            digit => char::from_u32('⁰' as u32 + digit.to_digit(10).unwrap_or(0)).unwrap_or(digit),
        })?;
    }
    Ok(())
}

fn write_kind(out: &mut impl Write, kind: &Kind, whole: bool) -> fmt::Result {
    let (symbol, arguments) = match kind {
        Kind::Indeterminate(name) => return out.write_str(name),
        Kind::Apply(symbol, arguments) => (symbol, arguments),
    };
    let [open, close] = if *symbol == Symbol::Max {
        ['{', '}']
    } else {
        ['(', ')']
    };
    write!(out, "{}{open}", symbol.name())?;
    for (i, argument) in arguments.iter().enumerate() {
        out.write_str(if i > 0 { ", " } else { "" })?;
        write_term(out, argument, whole)?;
    }
    out.write_char(close)
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
        write_term(f, self, whole)
    }
}

/// As [`Display`](fmt::Display) does: the normal form is what a reader wants to see.
impl fmt::Debug for Term {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let whole = f.alternate();
        write_term(f, self, whole)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_are_read_as_numbers() {
        let names = [
            "a", "a1", "a2", "a10", "a10b", "b[0,2]", "b[0,10]", "b[2,0]", "é", "é1",
        ];
        for (i, x) in names.iter().enumerate() {
            for (j, y) in names.iter().enumerate() {
                assert_eq!(natural(x, y), i.cmp(&j), "{x} {y}");
            }
        }
        assert_eq!(natural("a01", "a1"), Ordering::Equal);
        let label = |name: &str| label(&Kind::Indeterminate(name.into()));
        assert!(label("a01") < label("a1"));
    }

    #[test]
    fn labels_are_cut() {
        let mut term = Term::indeterminate("x");
        for _ in 0..100 {
            term = (term + Term::from(1)).tanh();
        }
        assert_eq!(Label::of(&term).text.chars().count(), LABEL + 1);
        assert!(term.to_string().ends_with('…'));
        assert!(format!("{term:#}").ends_with(" + 1)"));
    }
}
