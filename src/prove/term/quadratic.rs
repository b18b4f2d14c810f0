//! Sums of squares: quadratic forms that are never negative, such as a variance.

use super::coefficient::Coefficient;
use super::term::{Atom, Summand};

/// Of so many atoms at most a form is looked at: it takes the third power of their number.
const LARGEST: usize = 24;

/// The least value of a number plus a quadratic form, which is the number; `None` for what is no such sum, or has no least
/// value.
pub(super) fn least_of_quadratic(summands: &[Summand]) -> Option<Coefficient> {
    let (constant, mut form) = parsed(summands)?;
    is_semidefinite(&mut form).then_some(constant)
}

/// The constant and the matrix of the form.
fn parsed(summands: &[Summand]) -> Option<(Coefficient, Vec<Vec<Coefficient>>)> {
    let factors = summands.iter().flat_map(|(monomial, _)| monomial.factors());
    let mut atoms: Vec<&Atom> = factors.map(|(atom, _)| atom).collect();
    atoms.sort();
    atoms.dedup();
    if atoms.is_empty() || atoms.len() > LARGEST {
        return None;
    }
    let place = |atom: &Atom| atoms.binary_search(&atom).ok();
    let half = Coefficient::from(num_rational::BigRational::new(1.into(), 2.into()));
    let mut constant = Coefficient::ZERO;
    let mut form = vec![vec![Coefficient::ZERO; atoms.len()]; atoms.len()];
    for (monomial, coefficient) in summands {
        match monomial.factors() {
            [] => constant = coefficient.clone(),
            [(x, 2)] => {
                let i = place(x)?;
                form[i][i] = coefficient.clone();
            }
            [(x, 1), (y, 1)] => {
                let (i, j) = (place(x)?, place(y)?);
                form[i][j] = coefficient.times(&half);
                form[j][i] = form[i][j].clone();
            }
            _ => return None,
        }
    }
    Some((constant, form))
}

/// By elimination of rows and columns: no pivot is negative, and one that is 0 has a row of zeros.
fn is_semidefinite(form: &mut [Vec<Coefficient>]) -> bool {
    for k in 0..form.len() {
        let row = form[k].clone();
        if row[k].is_zero() {
            if row[k..].iter().any(|x| !x.is_zero()) {
                return false;
            }
            continue;
        }
        let Some(inverse) = row[k].inverted().filter(|_| row[k].is_positive()) else {
            return false;
        };
        for i in k + 1..form.len() {
            let factor = row[i].times(&inverse).negated();
            for j in k + 1..form.len() {
                form[i][j] = form[i][j].plus(&factor.times(&row[j]));
            }
        }
    }
    true
}
