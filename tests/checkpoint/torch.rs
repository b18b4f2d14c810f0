//! A model that PyTorch has trained: `tests/reference/torch_model.py` wrote the file.

use cotangent::checkpoint::{Import, Source};
use cotangent::prelude::*;

graph! {
    use cotangent::nn::{
        BatchNorm, Conv2d, LayerNorm, Linear, Lstm, MultiHeadAttention, Statistics, batch_norm_inference, conv2d, layer_norm, linear, lstm,
        self_attention,
    };

    struct Model {
        conv: Conv2d<1, 4, 3>,
        bn: BatchNorm<4>,
        running: Statistics<4>,
        lstm: Lstm<32, 16>,
        norm: LayerNorm<16>,
        attn: MultiHeadAttention<16, 4, 4>,
        fc: Linear<16, 10>,
    }

    fn scores(x: [8, 1, 8, 8], p: Model; state: [2, 8, 16]) -> [8, 10] {
        let h = relu(batch_norm_inference(conv2d(x, p.conv, 1, 1), p.bn, p.running));
        let rows: [8, 8, 32] = merge_axes(permute(h, (2, 0, 1, 3)), 2); // time, image, channels and pixels
        let (_, h) = lstm(state, rows, p.lstm);
        let h = permute(h, (1, 0, 2));
        let h = h + self_attention(layer_norm(h, p.norm), p.attn);
        linear(mean_axis(h, 1), p.fc)
    }

    struct Example { x: [8, 1, 8, 8], scores: [8, 10] }
}

/// Where a tensor of ours is in PyTorch's file, and how it lies there.
fn source(name: &str) -> Source {
    let of = Source::of;
    match name {
        "conv.weight" | "conv.bias" | "fc.bias" => of(name),
        "bn.gain" => of("bn.weight"),
        "bn.shift" => of("bn.bias"),
        "running.mean" => of("bn.running_mean"),
        "running.variance" => of("bn.running_var"),
        "lstm.input" => of("lstm.weight_ih_l0").transposed(),
        "lstm.hidden" => of("lstm.weight_hh_l0").transposed(),
        "lstm.bias" => of("lstm.bias_ih_l0").plus("lstm.bias_hh_l0"),
        "norm.gain" => of("norm.weight"),
        "norm.shift" => of("norm.bias"),
        "attn.out.weight" => of("attn.out_proj.weight").transposed(),
        "attn.out.bias" => of("attn.out_proj.bias"),
        "fc.weight" => of("fc.weight").transposed(),
        // Queries, keys and values, one under the other; heads are an axis of their own here.
        name => {
            let part = ["attn.query", "attn.key", "attn.value"];
            let part = part
                .iter()
                .position(|part| name.starts_with(part))
                .expect("a part");
            let rows = 16 * part..16 * (part + 1);
            match name.ends_with(".weight") {
                true => of("attn.in_proj_weight").rows(rows).transposed().reshaped(),
                false => of("attn.in_proj_bias").rows(rows).reshaped(),
            }
        }
    }
}

#[test]
fn a_model_of_pytorch_gives_the_same() {
    let path = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/tests/checkpoint/files/torch.safetensors"
    );
    let mut file = Import::read(path).unwrap();
    let example: Parameters<f32, Example> = file
        .take::<f32, Example>(|name| Source::of(format!("example.{name}")))
        .unwrap();
    let p: Parameters<f32, Model> = file.take::<f32, Model>(source).unwrap();
    assert_eq!(
        file.unused().collect::<Vec<_>>(),
        ["bn.num_batches_tracked"]
    );
    let got = scores().value((&example.x, &p), &Tensor::zeros());
    let largest = example.scores.iter().fold(0.0, |a: f32, &b| a.max(b.abs()));
    assert!(largest > 3.0);
    for (got, expected) in got.iter().zip(example.scores.iter()) {
        // Of the largest score, 8 roundings of f32.
        assert!((got - expected).abs() < 1e-6 * largest, "{got} {expected}");
    }
    assert_eq!(argmax_of(&got), argmax_of(&example.scores));
}

fn argmax_of(scores: &Tensor<f32, shape![8, 10]>) -> Vec<Option<[usize; 1]>> {
    scores.rows().map(|row| row.argmax()).collect()
}
