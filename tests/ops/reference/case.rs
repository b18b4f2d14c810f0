//! Reads the reference values of `tests/reference/jax.json`.

use cotangent::context::Context;
use cotangent::env::EnvEntries;
use cotangent::frunk::hlist::{HCons, HNil};
use cotangent::prelude::*;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::LazyLock;

/// A call of an op with its value, and its VJP at one cotangent.
#[derive(Clone, Debug)]
pub struct Case {
    /// Its name in the file.
    pub name: String,
    /// The inputs that are differentiated, in order.
    pub inputs: Vec<AnyTensor<f64>>,
    /// The entries of the environment, in order.
    pub indices: Vec<RawIndices>,
    /// The value.
    pub output: AnyTensor<f64>,
    /// The cotangent of the value.
    pub seed: AnyTensor<f64>,
    /// The cotangent of each input, for that seed.
    pub cotangents: Vec<AnyTensor<f64>>,
}

/// Labels or indices, not checked yet.
#[derive(Clone, Debug, Deserialize)]
pub struct RawIndices {
    dims: Vec<usize>,
    bound: usize,
    data: Vec<usize>,
}

#[derive(Deserialize)]
struct RawTensor {
    dims: Vec<usize>,
    data: Vec<f64>,
}

/// The fields `op` and `parameters` are for the reader of the file.
#[derive(Deserialize)]
struct RawCase {
    inputs: Vec<RawTensor>,
    indices: Vec<RawIndices>,
    output: RawTensor,
    seed: RawTensor,
    cotangents: Vec<RawTensor>,
}

#[derive(Deserialize)]
struct RawFile {
    cases: BTreeMap<String, RawCase>,
}

impl RawTensor {
    fn check(self) -> Result<AnyTensor<f64>, String> {
        AnyTensor::new(&self.dims, self.data).map_err(|error| error.to_string())
    }
}

impl RawCase {
    fn check(self, name: &str) -> Result<Case, String> {
        let all = |tensors: Vec<RawTensor>| -> Result<Vec<_>, String> {
            tensors.into_iter().map(RawTensor::check).collect()
        };
        Ok(Case {
            name: name.to_owned(),
            inputs: all(self.inputs)?,
            indices: self.indices,
            output: self.output.check()?,
            seed: self.seed.check()?,
            cotangents: all(self.cotangents)?,
        })
    }
}

/// The cases of a text such as `jax.json`, by name.
pub fn read(text: &str) -> Result<BTreeMap<String, Case>, String> {
    let file: RawFile = serde_json::from_str(text).map_err(|error| error.to_string())?;
    let cases = file.cases.into_iter().map(|(name, raw)| {
        let case = raw.check(&name).map_err(|why| format!("`{name}`: {why}"))?;
        Ok((name, case))
    });
    cases.collect()
}

/// The cases of the file.
pub fn cases() -> &'static BTreeMap<String, Case> {
    static CASES: LazyLock<BTreeMap<String, Case>> = LazyLock::new(|| {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/reference/jax.json");
        let text = std::fs::read_to_string(&path).map_err(|error| error.to_string());
        text.and_then(|text| read(&text))
            .unwrap_or_else(|why| panic!("{}: {why}", path.display()))
    });
    &CASES
}

impl Case {
    /// The case of this name.
    pub fn find(name: &str) -> Result<&'static Case, String> {
        cases().get(name).ok_or_else(|| {
            let names: Vec<_> = cases().keys().map(String::as_str).collect();
            format!(
                "there is no case `{name}` in tests/reference/jax.json; it has {}",
                names.join(", ")
            )
        })
    }

    /// The inputs as the list that a graph takes.
    pub fn typed_inputs<G: Context>(&self) -> Result<TList<f64, G>, String> {
        let got: Vec<_> = self.inputs.iter().map(AnyTensor::dims).cloned().collect();
        if got == G::dims() {
            TensorList::from_any_list(self.inputs.iter().cloned()).map_err(|why| why.to_string())
        } else {
            let expected = G::dims();
            Err(format!(
                "the graph takes {expected:?}, the case has {got:?}"
            ))
        }
    }
}

/// Environments that a case can fill. A new kind of entry needs an impl for `HCons` of it.
pub trait FromCase: Environment {
    /// Takes as many indices as the environment has entries.
    fn take(from: &mut dyn Iterator<Item = &RawIndices>) -> Result<Self::Of<f64>, String>;

    /// The environment of the indices of a case.
    fn from_case(case: &Case) -> Result<Self::Of<f64>, String> {
        let mut from = case.indices.iter();
        let entries = Self::take(&mut from)?;
        match from.next() {
            None => Ok(entries),
            Some(_) => Err("the case has more indices than the graph".to_owned()),
        }
    }
}

impl FromCase for HNil {
    fn take(_from: &mut dyn Iterator<Item = &RawIndices>) -> Result<TensorList<HNil>, String> {
        Ok(TensorList(HNil))
    }
}

impl<C: Dim, S: Shape, D: EnvEntries + FromCase<Of<f64> = TensorList<D::Values<f64>>>> FromCase
    for HCons<LabelsOf<C, S>, D>
{
    fn take(from: &mut dyn Iterator<Item = &RawIndices>) -> Result<Self::Of<f64>, String> {
        let raw = from
            .next()
            .ok_or("the case has fewer indices than the graph")?;
        if raw.dims != S::DIMS || raw.bound != C::SIZE {
            return Err(format!(
                "the graph takes indices of dims {:?} below {}, the case has {:?} below {}",
                S::DIMS,
                C::SIZE,
                raw.dims,
                raw.bound
            ));
        }
        let head = LabelsOf::new(raw.data.clone()).map_err(|why| why.to_string())?;
        let tail = D::take(from)?.0;
        Ok(TensorList(HCons { head, tail }))
    }
}
