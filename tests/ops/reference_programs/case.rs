//! Reads the cases of `tests/reference/programs.json`.

use cotangent::prelude::AnyTensor;
use cotangent::program::Value;
use cotangent::tensor::{Indices, Key};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::LazyLock;

/// A program at one point: results, tangents and cotangents.
#[derive(Clone, Debug)]
pub struct Case {
    pub name: String,
    /// What is differentiated.
    pub inputs: Vec<AnyTensor<f64>>,
    /// What is not: floats, indices and keys.
    pub environment: Vec<Value<f64>>,
    /// The float results.
    pub outputs: Vec<AnyTensor<f64>>,
    /// The results that are indices. They come after the others.
    pub computed: Vec<Indices>,
    /// A tangent of each input.
    pub tangents: Vec<AnyTensor<f64>>,
    /// The tangent of each float result.
    pub output_tangents: Vec<AnyTensor<f64>>,
    /// The cotangents of the float results that have one.
    pub seeds: Vec<Option<AnyTensor<f64>>>,
    /// The cotangent of each input.
    pub cotangents: Vec<AnyTensor<f64>>,
    /// The masks that were drawn, in order.
    pub masks: Vec<Mask>,
}

/// A mask, and where it comes from.
#[derive(Clone, Debug, PartialEq)]
pub struct Mask {
    /// The numbers that the key of the environment is folded with.
    pub folds: Vec<u32>,
    /// The key that draws.
    pub key: Key,
    /// An element is 1 where its random bits are below.
    pub threshold: u64,
    pub bits: Indices,
}

impl Case {
    /// The case of this name.
    pub fn find(name: &str) -> Result<&'static Case, String> {
        let names = || Vec::from_iter(cases().keys().map(String::as_str)).join(", ");
        let error = || {
            format!(
                "there is no case `{name}` in programs.json; it has {}",
                names()
            )
        };
        cases().get(name).ok_or_else(error)
    }

    /// What a program takes: the inputs, then the environment.
    pub fn arguments(&self) -> Vec<Value<f64>> {
        let inputs = self.inputs.iter().cloned().map(Value::from);
        inputs.chain(self.environment.iter().cloned()).collect()
    }
}

/// The cases of the file.
pub fn cases() -> &'static BTreeMap<String, Case> {
    static CASES: LazyLock<BTreeMap<String, Case>> = LazyLock::new(|| {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/reference/programs.json");
        let text = std::fs::read_to_string(&path).map_err(|error| error.to_string());
        text.and_then(|text| read(&text))
            .unwrap_or_else(|why| panic!("{}: {why}", path.display()))
    });
    &CASES
}

/// The cases of a text such as `programs.json`, by name.
pub fn read(text: &str) -> Result<BTreeMap<String, Case>, String> {
    let file: RawFile = serde_json::from_str(text).map_err(|error| error.to_string())?;
    let cases = file.cases.into_iter().map(|(name, raw)| {
        let case = raw.check(&name).map_err(|why| format!("`{name}`: {why}"))?;
        Ok((name, case))
    });
    cases.collect()
}

#[derive(Deserialize)]
struct RawFile {
    cases: BTreeMap<String, RawCase>,
}

#[derive(Deserialize)]
struct RawCase {
    inputs: Vec<RawTensor>,
    environment: Vec<RawEntry>,
    outputs: Vec<RawTensor>,
    computed: Vec<RawIndices>,
    tangents: Vec<RawTensor>,
    output_tangents: Vec<RawTensor>,
    seeds: Vec<Option<RawTensor>>,
    cotangents: Vec<RawTensor>,
    masks: Vec<RawMask>,
}

#[derive(Deserialize)]
struct RawTensor {
    dims: Vec<usize>,
    data: Vec<Number>,
}

/// A number, or the name of what JSON has no number for.
#[derive(Deserialize)]
#[serde(untagged)]
enum Number {
    Finite(f64),
    Other(String),
}

#[derive(Deserialize)]
struct RawIndices {
    dims: Vec<usize>,
    bound: usize,
    data: Vec<usize>,
}

/// An entry of an environment. In this order: indices have the fields of a tensor, and one more.
#[derive(Deserialize)]
#[serde(untagged)]
enum RawEntry {
    Key { seed: u64, key: [u32; 2] },
    Indices(RawIndices),
    Tensor(RawTensor),
}

#[derive(Deserialize)]
struct RawMask {
    folds: Vec<RawFold>,
    key: [u32; 2],
    threshold: u64,
    #[serde(flatten)]
    bits: RawIndices,
}

/// The field `by`, what the number says, is for the reader of the file.
#[derive(Deserialize)]
struct RawFold {
    n: u32,
}

impl RawTensor {
    fn check(self) -> Result<AnyTensor<f64>, String> {
        let number = |number| match number {
            Number::Finite(x) => Ok(x),
            Number::Other(name) => match name.as_str() {
                "nan" => Ok(f64::NAN),
                "inf" => Ok(f64::INFINITY),
                "-inf" => Ok(f64::NEG_INFINITY),
                _ => Err(format!("`{name}` is no number")),
            },
        };
        let data = self
            .data
            .into_iter()
            .map(number)
            .collect::<Result<_, _>>()?;
        AnyTensor::new(&self.dims, data).map_err(|error| error.to_string())
    }
}

impl RawIndices {
    fn check(self) -> Result<Indices, String> {
        let (dims, bound) = (self.dims, self.bound);
        let error = || format!("indices of dims {dims:?} that are not all below {bound}");
        Indices::new(&dims, bound, self.data).ok_or_else(error)
    }
}

impl RawEntry {
    fn check(self) -> Result<Value<f64>, String> {
        match self {
            RawEntry::Key { seed, key } if Key::new(seed).halves == key => {
                Ok(Key::new(seed).into())
            }
            RawEntry::Key { seed, key } => {
                Err(format!("the key of the seed {seed} is not {key:?}"))
            }
            RawEntry::Indices(raw) => raw.check().map(Value::from),
            RawEntry::Tensor(raw) => raw.check().map(Value::from),
        }
    }
}

impl RawCase {
    fn check(self, name: &str) -> Result<Case, String> {
        let all = |tensors: Vec<RawTensor>| -> Result<Vec<_>, String> {
            tensors.into_iter().map(RawTensor::check).collect()
        };
        let environment = self.environment.into_iter().map(RawEntry::check);
        let computed = self.computed.into_iter().map(RawIndices::check);
        let seeds = self.seeds.into_iter();
        let seeds = seeds.map(|seed| seed.map(RawTensor::check).transpose());
        let masks = self.masks.into_iter().map(|raw| {
            Ok(Mask {
                folds: raw.folds.iter().map(|fold| fold.n).collect(),
                key: Key { halves: raw.key },
                threshold: raw.threshold,
                bits: raw.bits.check()?,
            })
        });
        Ok(Case {
            name: name.to_owned(),
            inputs: all(self.inputs)?,
            environment: environment.collect::<Result<_, _>>()?,
            outputs: all(self.outputs)?,
            computed: computed.collect::<Result<_, String>>()?,
            tangents: all(self.tangents)?,
            output_tangents: all(self.output_tangents)?,
            seeds: seeds.collect::<Result<_, _>>()?,
            cotangents: all(self.cotangents)?,
            masks: masks.collect::<Result<_, String>>()?,
        })
    }
}
