//! What functions demand of a term: to be positive, or not 0.

use super::coefficient::Coefficient;
use super::term::{Kind, Repr, Symbol, Term};
use super::undefined::Undefined;
use crate::prove::conditions::{self, Condition, Demand};
use crate::scalar::{Domain, Literal, Sign, Unary};

impl Term {
    /// What is no number at any input.
    fn undefined(why: Undefined) -> Self {
        conditions::undefined(|| why.to_string());
        Term(Repr::Undefined(why))
    }

    /// A literal that is not finite.
    pub(super) fn of_no_number(literal: Literal) -> Self {
        Self::undefined(Undefined::Literal(literal))
    }

    /// What `f` demands of this is noted; a term, if this is a number at which `f` is undefined.
    pub(super) fn demanded(&self, f: Unary) -> Option<Self> {
        let (demand, bound) = match f.domain() {
            Domain::All => return None,
            Domain::NotZero => (Demand::NotZero, 0),
            Domain::Positive => (Demand::Positive, 0),
            Domain::NotNegative => (Demand::NotNegative, 0),
            Domain::AboveMinusOne => (Demand::Positive, -1),
        };
        if let Some(c) = self.as_constant() {
            let order = c.cmp(&Self::from(bound).as_constant()?);
            let is_in = match demand {
                Demand::Positive => order.is_gt(),
                Demand::NotNegative => order.is_ge(),
                Demand::NotZero => order.is_ne(),
            };
            return (!is_in).then(|| Self::undefined(Undefined::Function(f.name(), c)));
        }
        match bound {
            0 => self.demand(demand),
            _ => (self.clone() + Self::from(-bound)).demand(demand),
        }
        None
    }

    /// Notes that this has to be positive or not 0, unless it is known to be.
    pub(super) fn demand(&self, demand: Demand) {
        if self.is_undefined() || !conditions::is_new(&Condition::Of(demand, self.clone())) {
            return;
        }
        let is_met = match demand {
            Demand::NotZero => [self, &-self.clone()]
                .iter()
                .any(|t| t.sign() == Sign::Positive),
            Demand::Positive => self.sign() == Sign::Positive,
            Demand::NotNegative => self.sign() != Sign::Unknown,
        };
        let Some(summands) = self.summands().filter(|_| !is_met) else {
            return;
        };
        match (demand, summands) {
            // Each factor. One with a negative exponent was demanded not to be 0 before, and so were sums.
            (Demand::NotZero, [(monomial, _)]) => {
                for (atom, _) in monomial.factors().iter().filter(|(_, e)| *e > 0) {
                    let term = Self::of_atom(atom.clone());
                    match atom.kind() {
                        Kind::Apply(Symbol::Of(Unary::Recip), _) => {}
                        // A root that is there is not negative.
                        Kind::Apply(Symbol::Of(Unary::Sqrt), arguments) => {
                            arguments.iter().for_each(|t| t.demand(Demand::Positive));
                        }
                        Kind::Apply(..) | Kind::Indeterminate(_) => {
                            if term.sign() != Sign::Positive {
                                conditions::demand(Condition::Of(demand, term));
                            }
                        }
                    }
                }
            }
            // Without its number.
            (_, [(monomial, coefficient)]) => {
                let unit = match coefficient.is_positive() {
                    true => Coefficient::ONE,
                    false => Coefficient::ONE.negated(),
                };
                let term = Self::of_monomial(monomial.clone(), unit);
                conditions::demand(Condition::Of(demand, term));
            }
            _ => conditions::demand(Condition::Of(demand, self.clone())),
        }
    }
}
