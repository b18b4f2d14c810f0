//! Proof that a program may be batched: the laws of `batch.rs` on indeterminates, for whichever inputs have the new axis.

use super::Proof;
use super::batch::{LAW, compare};
use super::batch_cases::{Case, cases, draw};
use super::batch_rules::{JVP, Pullbacks, Pushed, VJP, pullback};
use super::draws::Draws;
use super::equations::{self, Equations};
use super::method::{Method, Shown};
use super::soundness_error;
use super::uses_draws::uses_draws;
use crate::counterexample::Counterexample;
use crate::graph::GraphData;
use crate::lean::Environments;
use crate::program::{Batch, Program, ProgramError, batch, jvp, with_spread_masks};
use crate::prove::ProofScalar;
use crate::tensor::{AnyTensor, Type, Value};

/// The laws that a proof shows.
const LAWS: [&str; 3] = [LAW, JVP, VJP];

/// A program of at most so many inputs is shown for every choice of those that have the new axis.
const ALL_CHOICES: usize = 6;

/// Its derivatives, which have more inputs, are shown for every choice if they have at most so many.
const ALL_CHOICES_OF_DERIVATIVES: usize = 4;

/// How many products of monomials one case may take, before a random point is used instead: there are many cases.
const FUEL: u64 = 10_000;

/// How many random points stand in for a proof by normal forms of a case.
const POINTS: usize = 1;

/// Shows that a graph computes over a batch what it computes for each sample: its values, its tangents, its cotangents, and
/// the tangents and cotangents of the batched program.
///
/// It does so for every choice of the inputs and entries of the environment that have the new axis; above six of them (of
/// derivatives, above four), for all of them, each alone, and a few others. There are 3 samples; for all and each alone
/// also 1, and none. Labels and keys are drawn, also those that the graph computes. The rest is as in [`prove`](super::prove): by normal forms, or at a random
/// point modulo a prime where these are too large.
///
/// # Errors
/// The first law that does not hold. A node made from closures has no program, and is an error too.
///
/// ```
/// use cotangent::prelude::*;
/// graph! { fn layer(x: [1, 2], w: [2, 2]; key) -> [] { sum(dropout(relu(matmul(x, w)), key, { 0.5 })) } }
/// let proof = prove_batch(&layer::<f64>())?;
/// assert!(proof.is_exact());
/// assert_eq!(proof.laws, ["batch_eq_each", "jvp_of_batch_eq_each", "vjp_of_batch_eq_each"]);
/// # Ok::<(), Counterexample>(())
/// ```
pub fn prove_batch<A, D, G, Ss>(graph: &GraphData<A, D, G, Ss>) -> Result<Proof, Counterexample> {
    let name = graph.nodes.graph_id.name();
    let program = graph
        .program()
        .map_err(|error| Counterexample::new(LAW, name, "a program", error))?;
    proof(name, &program, &graph.nodes.differentiated())
}

/// [`prove_batch`] of a program: all inputs that are made of scalars are differentiated.
///
/// # Errors
/// As [`prove_batch`].
///
/// ```
/// use cotangent::prelude::*;
/// use cotangent::program::{Contract, Program};
/// use cotangent::tensor::Dims;
/// let mut product = Program::new(&[Dims::new(&[2, 3]), Dims::new(&[3, 2])]);
/// let y = product.push(Contract::new([0, 1], [1, 2], [0, 2]), &[0, 1])?;
/// product.set_outputs(&[y])?;
/// let proof = cotangent::prove::prove_batch_of(&product)?;
/// assert!(proof.is_exact());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn prove_batch_of(program: &Program) -> Result<Proof, Counterexample> {
    proof("program", program, &vec![true; program.inputs().len()])
}

fn proof(name: &str, program: &Program, wanted: &[bool]) -> Result<Proof, Counterexample> {
    let made = |error: ProgramError| Counterexample::new(LAW, name, "its derivatives", error);
    let jvp = jvp(program, wanted).map_err(made)?;
    let vjp = pullback(program, wanted).map_err(made)?;
    let mut shower = Shower {
        name,
        rng: fastrand::Rng::with_seed(0xba7c4),
        exact: true,
        total: Shown::nothing(),
        draws: Draws::new(),
        cases: 0,
    };
    for case in cases(program.inputs().len(), ALL_CHOICES, &mut shower.rng) {
        let batch = shower.values(program, &case)?;
        shower.tangents(program, wanted, &case, &batch)?;
        shower.cotangents(program, wanted, &case, &batch)?;
    }
    for derived in [&jvp.program, &vjp] {
        let inputs = derived.inputs().len();
        for case in cases(inputs, ALL_CHOICES_OF_DERIVATIVES, &mut shower.rng) {
            shower.values(derived, &case)?;
        }
    }
    let drawn = uses_draws(program);
    let draws = drawn || program.input_types().iter().any(|ty| !ty.is_scalar());
    let inputs = program.input_types().iter().filter(|ty| ty.is_scalar());
    Proof {
        graph: name.to_owned(),
        inputs: inputs.map(|ty| ty.dims().clone()).collect(),
        laws: LAWS.to_vec(),
        identities: shower.total.identities,
        level: jvp.program.level().max(vjp.level()),
        // Each case draws its own entries and computed labels.
        environments: match draws {
            true => Environments::Some {
                tried: shower.cases,
            },
            false => Environments::Independent,
        },
        drawn,
        method: shower.total.method,
        conditions: shower.total.conditions.texts(),
    }
    .of_something()
}

/// A proof under way.
struct Shower<'n> {
    name: &'n str,
    rng: fastrand::Rng,
    /// Whether normal forms have been small so far.
    exact: bool,
    total: Shown,
    draws: Draws,
    cases: usize,
}

/// A law at values over one scalar: how many equations hold, or `None` where a value is not defined.
trait Law {
    fn check<A: ProofScalar>(&self, values: &[Value<A>]) -> Result<Option<usize>, Counterexample>;
}

struct Values<'l>(&'l Program, &'l Case, &'l Batch);
struct Tangents<'l>(&'l Pushed, usize);
struct Cotangents<'l>(&'l Pullbacks, &'l Case);

impl Law for Values<'_> {
    fn check<A: ProofScalar>(&self, values: &[Value<A>]) -> Result<Option<usize>, Counterexample> {
        let Values(program, case, batch) = self;
        compare(LAW, program, &case.batched, case.size, values, batch)
    }
}

impl Law for Tangents<'_> {
    fn check<A: ProofScalar>(&self, values: &[Value<A>]) -> Result<Option<usize>, Counterexample> {
        self.0.compare(self.1, values)
    }
}

impl Law for Cotangents<'_> {
    fn check<A: ProofScalar>(&self, values: &[Value<A>]) -> Result<Option<usize>, Counterexample> {
        let Cotangents(pullbacks, case) = self;
        let (inputs, cotangents) = values.split_at(case.batched.len());
        let cotangents = cotangents.iter().cloned().filter_map(Value::into_tensor);
        let cotangents: Vec<AnyTensor<A>> = cotangents.collect();
        pullbacks.compare(&case.batched, case.size, inputs, &cotangents)
    }
}

impl Shower<'_> {
    /// `batch_eq_each`. Returns the batch.
    fn values(&mut self, program: &Program, case: &Case) -> Result<Batch, Counterexample> {
        let batch = batch(program, &case.batched, case.size)
            .map_err(|error| self.not_made(LAW, case, &error))?;
        let types = case.with_axes(program.input_types());
        let law = Values(program, case, &batch);
        self.show(&law, LAW, case, &types, [program, &batch.program])?;
        Ok(batch)
    }

    /// `jvp_of_batch_eq_each`.
    fn tangents(
        &mut self,
        program: &Program,
        active: &[bool],
        case: &Case,
        batch: &Batch,
    ) -> Result<(), Counterexample> {
        let pushed = Pushed::of(program, active, &case.batched, batch)
            .map_err(|error| self.not_made(JVP, case, &error))?;
        let all = Case {
            batched: pushed.batched.clone(),
            size: case.size,
        };
        let types = all.with_axes(pushed.one.input_types());
        let programs = [&pushed.one, &pushed.all.program];
        self.show(&Tangents(&pushed, case.size), JVP, case, &types, programs)
    }

    /// `vjp_of_batch_eq_each`.
    fn cotangents(
        &mut self,
        program: &Program,
        wanted: &[bool],
        case: &Case,
        batch: &Batch,
    ) -> Result<(), Counterexample> {
        let pullbacks = Pullbacks::of(program, wanted, case.size, batch)
            .map_err(|error| self.not_made(VJP, case, &error))?;
        // All cotangents have the new axis.
        let mut all = case.clone();
        all.batched.resize(pullbacks.one.inputs().len(), true);
        let types = all.with_axes(pullbacks.one.input_types());
        let law = Cotangents(&pullbacks, case);
        self.show(&law, VJP, case, &types, [&pullbacks.one, &pullbacks.all])
    }

    fn not_made(&self, law: &'static str, case: &Case, error: &ProgramError) -> Counterexample {
        Counterexample::new(law, case.place(self.name), "a program", error)
    }

    /// By normal forms, or at a random point.
    fn show(
        &mut self,
        law: &impl Law,
        name: &'static str,
        case: &Case,
        types: &[Type],
        programs: [&Program; 2],
    ) -> Result<(), Counterexample> {
        self.cases += 1;
        let set = self.cases as u64;
        let equations = Drawn {
            law,
            name,
            types,
            programs,
            size: case.size,
            place: case.place(self.name),
        };
        let (fuel, rng) = (self.exact.then_some(FUEL), &mut self.rng);
        let shown = self.draws.in_set(set, || {
            with_spread_masks(&programs, || {
                equations::show(&equations, fuel, POINTS, rng)
                    .map_err(|error| equations::explained(&equations, error))
            })
        })?;
        self.exact &= shown.method == Method::NormalForms;
        let total = core::mem::replace(&mut self.total, Shown::nothing());
        self.total = total.and(shown);
        Ok(())
    }
}

/// A law at values of these types, which are drawn.
struct Drawn<'d, L> {
    law: &'d L,
    name: &'static str,
    types: &'d [Type],
    /// For one sample, and for all.
    programs: [&'d Program; 2],
    size: usize,
    place: String,
}

impl<L: Law> Equations for Drawn<'_, L> {
    fn check<A: ProofScalar>(
        &self,
        rng: &mut fastrand::Rng,
    ) -> Result<Option<usize>, Counterexample> {
        let Some(values) = draw::<A>(self.types, rng) else {
            let got = "none: it is below 0";
            return Err(Counterexample::new(
                self.name,
                self.place.clone(),
                "an index",
                got,
            ));
        };
        self.law.check(&values).map_err(|mut error| {
            error.place = format!("{}, {}", error.place, self.place);
            error
        })
    }
    fn law(&self) -> &'static str {
        self.name
    }
    fn place(&self) -> String {
        self.place.clone()
    }
    fn soundness_error(&self) -> Result<f64, Counterexample> {
        let [one, all] = self.programs;
        Ok(soundness_error::of_programs(one, self.size, all))
    }
}

#[cfg(test)]
mod tests {
    use super::{Batch, Case, Draws, LAW, Shower, Shown, Values, batch};
    use crate::program::Program;

    /// A batched program whose mask keeps one word of 2^32 more: few keys tell the two apart, unless the proof moves the
    /// thresholds apart.
    #[test]
    fn a_threshold_that_moves_is_refused() -> Result<(), Box<dyn core::error::Error>> {
        let program = |keep: u64| {
            let text = format!(
                "cotangent program 1\n%0: key[]\n%1: [2]\n%2 [2] = mask([2], {keep}) %0\n%3 [2] = mul %1 %2\nreturn %3\n"
            );
            text.parse::<Program>()
        };
        let case = Case {
            batched: vec![true, true],
            size: 3,
        };
        let [one, other] = [program(3_000_000_000)?, program(3_000_000_001)?];
        let verdict = |batched: &Batch| {
            let mut shower = Shower {
                name: "masked",
                rng: fastrand::Rng::with_seed(1),
                exact: true,
                total: Shown::nothing(),
                draws: Draws::new(),
                cases: 0,
            };
            let types = case.with_axes(one.input_types());
            let law = Values(&one, &case, batched);
            // Of the keys that the cases of a proof draw, some lie between.
            let all = || shower.show(&law, LAW, &case, &types, [&one, &batched.program]);
            core::iter::repeat_with(all)
                .take(32)
                .collect::<Result<Vec<()>, _>>()
        };
        verdict(&batch(&one, &case.batched, case.size)?)?;
        let error = verdict(&batch(&other, &case.batched, case.size)?).unwrap_err();
        assert_eq!(error.law, LAW);
        Ok(())
    }
}
