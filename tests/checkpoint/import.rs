//! Tensors that lie otherwise.

use super::folder::Folder;
use cotangent::checkpoint::{Import, Source, save_parameters};
use cotangent::prelude::*;

graph! {
    struct Theirs { qkv: [6, 2], ih: [3], hh: [3], counter: [] }
    struct Ours { query: [2, 1, 2], key: [2, 2], bias: [3] }
}

#[test]
fn rows_sums_transpositions_and_other_dims() {
    let folder = Folder::new("laid");
    let path = folder.join("theirs.safetensors");
    let theirs = Theirs::of(
        Tensor::from_fn(|[i, j]| (10 * i + j) as f64),
        Tensor::from([1.0, 2.0, 3.0]),
        Tensor::from([0.5, 0.25, 0.125]),
        Tensor::scalar(7.0),
    );
    save_parameters(&path, &theirs).unwrap();
    let mut file = Import::read(&path).unwrap();
    let ours: Parameters<f64, Ours> = file
        .take::<f64, Ours>(|name| match name {
            "query" => Source::of("qkv").rows(0..2).transposed().reshaped(),
            "key" => Source::of("qkv").rows(2..4),
            _ => Source::of("ih").plus("hh"),
        })
        .unwrap();
    assert_eq!(ours.query, Tensor::from([[[0.0, 10.0]], [[1.0, 11.0]]]));
    assert_eq!(ours.key, Tensor::from([[20.0, 21.0], [30.0, 31.0]]));
    assert_eq!(ours.bias, Tensor::from([1.5, 2.25, 3.125]));
    assert_eq!(file.unused().collect::<Vec<_>>(), ["counter"]);
    file.ignore(|name| name == "counter");
    file.finish().unwrap();
}
