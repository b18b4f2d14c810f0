//! `examples/fashion` in candle: the same model, data, optimiser and schedule.
//!
//! `cargo run --release --bin candle_fashion -- FOLDER SEED EPOCHS`; threads by `RAYON_NUM_THREADS`.

use candle_core::{D, DType, Device, Result, Tensor, Var};
use candle_nn::ops::dropout;
use candle_nn::optim::{AdamW, Optimizer, ParamsAdamW};
use candle_nn::{Init, Module, VarBuilder, VarMap, loss};
use flate2::read::GzDecoder;
use rand::SeedableRng;
use rand::seq::SliceRandom;
use std::fs::File;
use std::io::Read;
use std::path::Path;
use std::time::Instant;

const BATCH: usize = 64;
const RATE: f64 = 2e-3;

fn bytes(path: &Path, header: usize) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    GzDecoder::new(File::open(path)?).read_to_end(&mut bytes)?;
    Ok(bytes.split_off(header))
}

/// The images, and their labels.
fn read(folder: &Path, set: &str) -> Result<(Tensor, Tensor)> {
    let file = |what, header| bytes(&folder.join(format!("{set}-{what}-ubyte.gz")), header);
    let pixels = file("images-idx3", 16)?;
    let pixels: Vec<f32> = pixels
        .iter()
        .map(|&byte| f32::from(byte) / 255.0 - 0.286)
        .collect();
    let labels: Vec<u32> = file("labels-idx1", 8)?.into_iter().map(u32::from).collect();
    let (n, device) = (labels.len(), Device::Cpu);
    Ok((
        Tensor::from_vec(pixels, (n, 1, 28, 28), &device)?,
        Tensor::from_vec(labels, n, &device)?,
    ))
}

/// A matrix or filters of the Kaiming uniform distribution, and a bias of zeros.
struct Layer {
    weight: Tensor,
    bias: Tensor,
}

impl Layer {
    fn new(vb: VarBuilder, dims: &[usize], gain: f64) -> Result<Self> {
        let fan_in: usize = dims[1..].iter().product();
        let up = gain * (3.0 / fan_in as f64).sqrt();
        Ok(Layer {
            weight: vb.get_with_hints(dims, "weight", Init::Uniform { lo: -up, up })?,
            bias: vb.get_with_hints(dims[0], "bias", Init::Const(0.0))?,
        })
    }
    fn convolve(&self, x: &Tensor) -> Result<Tensor> {
        let bias = self.bias.reshape((1, (), 1, 1))?;
        x.conv2d(&self.weight, 1, 1, 1, 1)?.broadcast_add(&bias)
    }
    fn linear(&self, x: &Tensor) -> Result<Tensor> {
        candle_nn::Linear::new(self.weight.clone(), Some(self.bias.clone())).forward(x)
    }
}

struct Model {
    first: Layer,
    second: Layer,
    hidden: Layer,
    scores: Layer,
}

impl Model {
    fn new(vb: VarBuilder) -> Result<Self> {
        let relu = 2f64.sqrt();
        Ok(Model {
            first: Layer::new(vb.pp("first"), &[16, 1, 3, 3], relu)?,
            second: Layer::new(vb.pp("second"), &[32, 16, 3, 3], relu)?,
            hidden: Layer::new(vb.pp("hidden"), &[128, 1568], relu)?,
            scores: Layer::new(vb.pp("scores"), &[10, 128], 1.0)?,
        })
    }
    fn scores(&self, x: &Tensor, is_training: bool) -> Result<Tensor> {
        let x = self.first.convolve(x)?.relu()?.max_pool2d(2)?;
        let x = self.second.convolve(&x)?.relu()?.max_pool2d(2)?;
        let mut h = self.hidden.linear(&x.flatten_from(1)?)?.relu()?;
        if is_training {
            h = dropout(&h, 0.3)?;
        }
        self.scores.linear(&h)
    }
}

fn adamw(vars: Vec<Var>, weight_decay: f64) -> Result<AdamW> {
    let params = ParamsAdamW {
        lr: RATE,
        weight_decay,
        ..ParamsAdamW::default()
    };
    AdamW::new(vars, params)
}

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().collect();
    let [_, folder, seed, epochs] = &arguments[..] else {
        panic!("candle_fashion FOLDER SEED EPOCHS");
    };
    let (seed, epochs): (u64, usize) = (seed.parse().unwrap(), epochs.parse().unwrap());
    let folder = Path::new(folder);
    let ((images, labels), (test, answers)) = (read(folder, "train")?, read(folder, "t10k")?);
    // candle draws on a CPU from a generator that cannot be seeded: the seed is that of the order alone.
    let mut rng = rand::rngs::StdRng::seed_from_u64(seed);
    let varmap = VarMap::new();
    let model = Model::new(VarBuilder::from_varmap(&varmap, DType::F32, &Device::Cpu))?;
    let (matrices, vectors) = varmap
        .all_vars()
        .into_iter()
        .partition(|var| var.rank() > 1);
    let mut optimisers = [adamw(matrices, 0.01)?, adamw(vectors, 0.0)?];

    let n = labels.dim(0)?;
    let updates = epochs * (n / BATCH);
    let mut update = 0;
    let mut order: Vec<u32> = (0..n as u32).collect();
    for epoch in 1..=epochs {
        let start = Instant::now();
        order.shuffle(&mut rng);
        for batch in order.chunks_exact(BATCH) {
            let batch = Tensor::new(batch, &Device::Cpu)?;
            let scores = model.scores(&images.index_select(&batch, 0)?, true)?;
            let loss = loss::cross_entropy(&scores, &labels.index_select(&batch, 0)?)?;
            let gradients = loss.backward()?;
            let part = std::f64::consts::PI * update as f64 / updates as f64;
            for optimiser in &mut optimisers {
                optimiser.set_learning_rate(RATE * (0.01 + 0.99 * (1.0 + part.cos()) / 2.0));
                optimiser.step(&gradients)?;
            }
            update += 1;
        }
        let seconds = start.elapsed().as_secs_f64();
        let mut right = 0.0;
        for i in (0..answers.dim(0)?).step_by(100) {
            let scores = model.scores(&test.narrow(0, i, 100)?, false)?;
            let is_right = scores.argmax(D::Minus1)?.eq(&answers.narrow(0, i, 100)?)?;
            right += is_right
                .to_dtype(DType::F32)?
                .sum_all()?
                .to_scalar::<f32>()?;
        }
        let percent = 100.0 * right / answers.dim(0)? as f32;
        println!("epoch {epoch}: {seconds:.1} s, {percent:.2}% of the test");
    }
    Ok(())
}
