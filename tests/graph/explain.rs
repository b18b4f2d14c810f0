//! A graph as a table, as Graphviz text and as a drawing.

use super::random_graph::random_graph;
use cotangent::prelude::*;
use roxmltree::{Document, Node as Element};

graph! {
    fn loss(x: [2, 3], w: [3, 4], b: [4]; labels: [2] < 4) -> [] {
        let logits = matmul(x, w) + b;
        cross_entropy(logits, labels)
    }

    fn noisy(x: [4]; seed, _unused: [3] < 5) -> [4] {
        let y = dropout(x, seed, { 0.5 });
        y * y / x
    }

    fn cell(
        x: [8, 16], h: [8, 32], c: [8, 32], wf: [48, 32], wi: [48, 32], wo: [48, 32], wg: [48, 32], b: [32]
    ) -> ([8, 32], [8, 32]) {
        let z = concat(x, h, 1);
        let f = sigmoid(matmul(z, wf) + b);
        let i = sigmoid(matmul(z, wi) + b);
        let o = sigmoid(matmul(z, wo) + b);
        let g = tanh(matmul(z, wg) + b);
        let next = f * c + i * g;
        (o * tanh(next), next)
    }
}

/// Eight blocks of twelve nodes and four more, with a weight that all blocks share: the SVG of 100 nodes.
fn hundred() -> String {
    type G = context![[16, 32], [32, 32], [32, 64], [64], [64, 32]];
    let g = GraphData::<f32, (), G, _>::named("hundred", &["x", "shared", "w", "b", "v"]);
    let tlist![x, shared, w, b, v] = TensorList(g.inputs());
    let y = x;
    macro_rules! blocks {
        ($g:ident $y:ident: $($number:literal)*) => {$(
            let ($g, a) = $g.node("a", matmul($y, shared));
            let ($g, s) = $g.node("s", tanh(a));
            let ($g, m) = $g.node("m", mul(s, $y));
            let ($g, m) = $g.node("m", add(m, $y));
            let ($g, h) = $g.node("h", matmul(m, w));
            let ($g, h) = $g.node("h", add(h, b));
            let ($g, h) = $g.node("h", relu(h));
            let ($g, p) = $g.node("p", sigmoid(h));
            let ($g, q) = $g.node("q", tanh(h));
            let ($g, g2) = $g.node("g", mul(p, q));
            let ($g, r) = $g.node("r", matmul(g2, v));
            let ($g, $y) = $g.node(concat!("y", $number), add(r, m));
        )*};
    }
    blocks!(g y: 1 2 3 4 5 6 7 8);
    let (g, z) = g.node("z", mul(y, y));
    let (g, z) = g.node("z", add(z, x));
    let (g, z) = g.node("z", tanh(z));
    let (g, _) = g.node("out", mean(z));
    assert_eq!(g.summary().nodes().count(), 100);
    g.to_svg()
}

#[test]
fn a_summary_is_a_table() {
    insta::assert_snapshot!(loss::<f32>().summary(), @r#"
    loss
       id  name           op             shape   parents   elements  parameters  bytes  multiply-adds
    ─────────────────────────────────────────────────────────────────────────────────────────────────
        0  x              input          [2, 3]                   6                 24              0
        1  w              input          [3, 4]                  12                 48              0
        2  b              input          [4]                      4                 16              0
    env 0  labels         indices        [2]                      2                 16              0
        3  logits/matmul  matmul         [2, 4]  0, 1             8          18     32             24
        4  logits         add            [2, 4]  3, 2             8           4     32              0
        5  out            cross_entropy  []      4, env 0         1           0      4              1
    ─────────────────────────────────────────────────────────────────────────────────────────────────
    3 inputs of 22 elements, 3 nodes; 172 bytes, 25 multiply-adds forward
    "#);
}

#[test]
fn rows_are_data() {
    use cotangent::explain::{Kind, Row, Source};
    let summary = loss::<f64>().summary();
    let row = summary.nodes().next().unwrap();
    let matmul = Row {
        kind: Kind::Node,
        id: Source::Value(3),
        name: "logits/matmul".into(),
        op: "matmul".into(),
        dims: cotangent::tensor::Dims::new(&[2, 4]),
        parents: vec![Source::Value(0), Source::Value(1)],
        elements: 8,
        parameters: 6 + 12,
        bytes: 64,
        multiply_adds: Some(2 * 3 * 4),
    };
    assert_eq!(row, &matmul);
    let entry = summary.entries().next().unwrap();
    assert_eq!(
        (entry.name.as_str(), entry.op.as_str(), entry.elements),
        ("labels", "indices", 2)
    );
    assert_eq!(entry.id.to_string(), "env 0");
    let bytes: usize = summary.rows.iter().map(|row| row.bytes).sum();
    assert_eq!(summary.bytes(), bytes);
}

#[test]
fn entries_have_types_whether_they_are_read_or_not() {
    let summary = noisy::<f32>().summary();
    let entries: Vec<_> = summary.entries().collect();
    assert_eq!(entries[0].op, "key");
    assert_eq!(entries[0].dims, cotangent::tensor::Dims::default());
    assert_eq!((entries[0].elements, entries[0].bytes), (1, 8));
    assert_eq!(
        (entries[1].name.as_str(), entries[1].op.as_str()),
        ("_unused", "indices")
    );
    assert_eq!((&*entries[1].dims, entries[1].elements), (&[3][..], 3));
    let dropout = summary.nodes().next().unwrap();
    assert_eq!(dropout.parents.len(), 2);
    assert_eq!(dropout.parents[1].to_string(), "env 0");
}

#[test]
fn multiply_adds_are_products() {
    let of = |summary: cotangent::explain::Summary| summary.multiply_adds();
    let g: GraphData<f64, _, _, _> = graph!(|a: [7, 2, 3], b: [7, 3, 5]| matmul(a, b));
    assert_eq!(of(g.summary()), 7 * 2 * 3 * 5);
    let g: GraphData<f64, _, _, _> = graph!(|a: [2, 3], b: [5, 3]| matmul_nt(a, b));
    assert_eq!(of(g.summary()), 2 * 3 * 5);
    let g: GraphData<f64, _, _, _> = graph!(|a: [3, 2], b: [3, 5]| matmul_tn(a, b));
    assert_eq!(of(g.summary()), 2 * 3 * 5);
    let g: GraphData<f64, _, _, _> = graph!(|x: [3], y: [3]| x * y / y);
    assert_eq!(of(g.summary()), 3 + 3);
    let g: GraphData<f64, _, _, _> = graph!(|x: [3], y: [3]| sum(exp(x) + relu(y)));
    assert_eq!(of(g.summary()), 0);
    // A call costs what its graph costs.
    let g: GraphData<f64, _, _, _> =
        graph!(|x: [2, 3], w: [3, 4], b: [4]; labels: [2] < 4| loss()(x, w, b, labels));
    assert_eq!(of(g.summary()), of(loss::<f64>().summary()));
}

#[test]
fn what_closures_do_is_not_known() {
    let double = NodeData::<f64, (), context![[]], ()>::from_closures(
        "double",
        |x, ()| x.get::<0>().map(|x| 2.0 * x),
        |_, dx, ()| dx.get::<0>().map(|dx| 2.0 * dx),
        |_, (), dy| tlist![dy.map(|dy| 2.0 * dy)],
    );
    let g = GraphData::<_, _, context![[]], _>::nil().snoc(double);
    let table = g.summary().to_string();
    assert!(
        table.ends_with("at least 0 multiply-adds forward"),
        "{table}"
    );
    let row = table.lines().find(|line| line.contains("double")).unwrap();
    assert!(row.ends_with('?'), "{table}");
}

#[test]
fn dot_is_text_for_graphviz() {
    insta::assert_snapshot!(loss::<f32>().to_dot(), @r##"
    digraph {
      label="loss"; labelloc=t; fontname=monospace;
      node [shape=box, fontname=monospace]; edge [fontname=monospace];
      v0 [label="x\ninput [2, 3]", style="filled,rounded", fillcolor="#dbeafe"];
      v1 [label="w\ninput [3, 4]", style="filled,rounded", fillcolor="#dbeafe"];
      v2 [label="b\ninput [4]", style="filled,rounded", fillcolor="#dbeafe"];
      e0 [label="labels\nindices [2]", style="filled,rounded,dashed", fillcolor="#fef3c7"];
      v3 [label="logits/matmul\nmatmul [2, 4]"];
      v4 [label="logits\nadd [2, 4]"];
      v5 [label="out\ncross_entropy []"];
      v0 -> v3 [label="[2, 3]"];
      v1 -> v3 [label="[3, 4]"];
      v3 -> v4 [label="[2, 4]"];
      v2 -> v4 [label="[4]"];
      v4 -> v5 [label="[2, 4]"];
      e0 -> v5 [label="[2]"];
    }
    "##);
}

/// A graph whose names need escapes in every format.
fn odd_names() -> GraphData<f64, (), context![[2], [2]], impl Sized> {
    let g = GraphData::<f64, (), context![[2], [2]], _>::named(
        "a \"b\" <c> & d\\",
        &["<x>", "y\n\"\\N\u{1}"],
    );
    let tlist![x, y] = TensorList(g.inputs());
    g.node("größe & \"co\"", add(x, y)).0
}

#[test]
fn names_are_escaped() {
    let g = odd_names();
    let dot = g.to_dot();
    assert!(dot.contains(r#"label="a \"b\" <c> & d\\";"#), "{dot}");
    assert!(
        dot.contains("v1 [label=\"y\u{fffd}\\\"\\\\N\u{fffd}\\ninput [2]\""),
        "{dot}"
    );
    let svg = g.to_svg();
    let document = Document::parse(&svg).unwrap();
    assert_eq!(texts(&document, "title"), ["a \"b\" <c> & d\\"]);
    assert_eq!(
        texts(&document, "name"),
        ["0 <x>", "1 y\u{fffd}\"\\N\u{fffd}", "2 größe & \"co\""]
    );
    // One line for each row, whatever is in a name.
    assert_eq!(g.summary().to_string().lines().count(), 3 + 3 + 2);
}

/// The texts of a class.
fn texts<'d>(document: &'d Document<'_>, class: &str) -> Vec<&'d str> {
    let texts = document.descendants().filter(|e| e.has_tag_name("text"));
    let of_class = texts.filter(|e| e.attribute("class") == Some(class));
    of_class.filter_map(|e| e.text()).collect()
}

/// A rectangle: left, top, right, bottom.
type Rectangle = [f64; 4];

fn number(element: &Element<'_, '_>, name: &str) -> f64 {
    element.attribute(name).unwrap().parse().unwrap()
}

/// The boxes and the labels of a drawing, each with its text. A character is taken to be 7.3 pixels wide.
fn shapes(document: &Document<'_>) -> Vec<(String, Rectangle)> {
    let mut shapes = Vec::new();
    for group in document
        .descendants()
        .filter(|e| e.attribute("transform").is_some())
    {
        for element in group.children().filter(Element::is_element) {
            let shape = match element.tag_name().name() {
                "g" => {
                    let rect = element.children().find(|e| e.has_tag_name("rect")).unwrap();
                    let [x, y, w, h] =
                        ["x", "y", "width", "height"].map(|name| number(&rect, name));
                    [x, y, x + w, y + h]
                }
                "text" => {
                    let [x, y] = ["x", "y"].map(|name| number(&element, name));
                    let half = element.text().unwrap().chars().count() as f64 * 7.3 / 2.0;
                    [x - half, y - 11.0, x + half, y + 3.0]
                }
                _ => continue,
            };
            let text = element
                .descendants()
                .find_map(|e| e.text().filter(|t| !t.trim().is_empty()));
            shapes.push((text.unwrap().to_owned(), shape));
        }
    }
    shapes
}

/// Points of each line of a drawing.
fn points(document: &Document<'_>) -> Vec<(f64, f64)> {
    let paths = document.descendants().filter(|e| e.has_tag_name("path"));
    let lines = paths.filter(|e| e.attribute("style").is_none());
    let mut points = Vec::new();
    for line in lines {
        let numbers = line.attribute("d").unwrap().split(['M', 'C', ' ']);
        let n: Vec<f64> = numbers.filter_map(|n| n.parse().ok()).collect();
        assert_eq!(n.len(), 8);
        for step in 0..=20 {
            let t = f64::from(step) / 20.0;
            let s = 1.0 - t;
            let weights = [s * s * s, 3.0 * s * s * t, 3.0 * s * t * t, t * t * t];
            let at = |axis: usize| (0..4).map(|i| weights[i] * n[2 * i + axis]).sum::<f64>();
            points.push((at(0), at(1)));
        }
    }
    points
}

/// What is wrong with a drawing.
fn faults(svg: &str) -> Vec<String> {
    let document = Document::parse(svg).unwrap();
    let root = document.root_element();
    let view: Vec<f64> = root
        .attribute("viewBox")
        .unwrap()
        .split(' ')
        .map(|n| n.parse().unwrap())
        .collect();
    let group = document
        .descendants()
        .find_map(|e| e.attribute("transform"))
        .unwrap();
    let shift: Vec<f64> = group
        .split(['(', ' ', ')'])
        .filter_map(|n| n.parse().ok())
        .collect();
    let mut faults = Vec::new();
    let (shapes, points) = (shapes(&document), points(&document));
    for (i, (name, a)) in shapes.iter().enumerate() {
        let inside = a[0] + shift[0] >= 0.0 && a[2] + shift[0] <= view[2];
        if !inside || a[1] + shift[1] < 0.0 || a[3] + shift[1] > view[3] {
            faults.push(format!("{name} is outside"));
        }
        for (other, b) in &shapes[..i] {
            if a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3] {
                faults.push(format!("{name} overlaps {other}"));
            }
        }
        // Lines end at the borders, to a tenth of a pixel.
        let within = |&&(x, y): &&(f64, f64)| {
            a[0] + 0.2 < x && x < a[2] - 0.2 && a[1] + 0.2 < y && y < a[3] - 0.2
        };
        if let Some(point) = points.iter().find(within) {
            faults.push(format!("a line goes through {name} at {point:?}"));
        }
    }
    faults
}

#[test]
fn nothing_lies_on_anything_in_a_drawing() {
    let mut drawings = vec![
        ("loss", loss::<f32>().to_svg()),
        ("noisy", noisy::<f32>().to_svg()),
        ("cell", cell::<f32>().to_svg()),
        ("hundred", hundred()),
        ("odd names", odd_names().to_svg()),
        ("empty", GraphData::<f64, (), context![], _>::nil().to_svg()),
    ];
    let rng = &mut fastrand::Rng::with_seed(5);
    drawings.extend((0..20).map(|_| ("random", random_graph::<f64>(rng).to_svg())));
    for (name, svg) in drawings {
        assert_eq!(faults(&svg), [""; 0], "{name}");
    }
}

#[test]
fn faults_are_found() {
    let svg = loss::<f32>().to_svg();
    let document = Document::parse(&svg).unwrap();
    let boxes: Vec<_> = document
        .descendants()
        .filter(|e| e.attribute("rx").is_some())
        .collect();
    // The first box moved onto the second, and a line moved into a label.
    let (first, second) = (boxes[0].range(), boxes[1].range());
    let moved = svg.replacen(&svg[first], &svg[second], 1);
    assert!(
        faults(&moved)
            .iter()
            .any(|fault| fault.contains("overlaps"))
    );
    let wide = svg.replacen("viewBox=\"0 0 ", "viewBox=\"0 0 1", 1);
    assert_eq!(faults(&wide), [""; 0]);
    let narrow = svg.replace("translate(20 ", "translate(-20 ");
    assert!(
        faults(&narrow)
            .iter()
            .any(|fault| fault.contains("outside"))
    );
    let label = document
        .descendants()
        .find(|e| e.attribute("class") == Some("dims"))
        .unwrap();
    let (x, y) = (number(&label, "x"), number(&label, "y"));
    let path = svg.find("<path d=\"M").unwrap();
    let through = format!(
        "<path d=\"M{x} {} C{x} {y} {x} {y} {x} {}\"/>",
        y - 20.0,
        y + 20.0
    );
    let struck = [&svg[..path], &through, &svg[path..]].concat();
    assert!(
        faults(&struck)
            .iter()
            .any(|fault| fault.contains("a line goes through"))
    );
}

#[test]
fn each_argument_has_its_label() {
    let svg = cell::<f32>().to_svg();
    let document = Document::parse(&svg).unwrap();
    let summary = cell::<f32>().summary();
    let mut expected: Vec<String> = Vec::new();
    for row in &summary.rows {
        for parent in &row.parents {
            let source = summary.rows.iter().find(|row| row.id == *parent).unwrap();
            expected.push(source.dims.to_string());
        }
    }
    expected.extend(["out [8, 32]".to_owned(), "out [8, 32]".to_owned()]);
    let mut labels = texts(&document, "dims");
    expected.sort();
    labels.sort_unstable();
    assert_eq!(labels, expected);
    // A value that is used twice by one op has one arrow.
    let g: GraphData<f64, _, _, _> = graph!(|x: [2]| x * x);
    let svg = g.to_svg();
    assert_eq!(
        texts(&Document::parse(&svg).unwrap(), "dims"),
        ["[2] ×2", "out [2]"]
    );
}

#[test]
fn a_drawing_is_the_same_each_time() {
    assert_eq!(hundred(), hundred());
    assert_eq!(cell::<f32>().to_svg(), cell::<f32>().to_svg());
}

#[test]
fn many_arguments_are_a_run() {
    graph! {
        struct Affine { scale: [2], shift: [2] }
        fn layer(x: [2], p: Affine) -> [2] { x * p.scale + p.shift }
        fn net(x: [2], layers: [Affine; 3], y: [2]) -> [2] { repeat(layer)(x, layers) * y }
    }
    let table = net::<f64>().summary().to_string();
    let line = table.lines().find(|line| line.contains("3 x layer"));
    let line = line.map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "));
    assert_eq!(
        line.as_deref(),
        Some("8 out/repeat 3 x layer [2] 0 to 6 2 14 16 6")
    );
}

/// What is returned has an arrow out of the drawing, also where another node reads it, and where it is an input or an entry.
#[test]
fn results_are_drawn() {
    use cotangent::explain::Source;
    let g: GraphData<f64, _, _, _> = graph!(|x: [2]; scale: [3], labels: [4] < 2| -> ([], [2], [2], [3], [4] < 2) {
        let y = x * x;
        let _unused = sum(x);
        (sum(y), y, x, scale, labels)
    });
    let summary = g.summary();
    let (value, entry) = (Source::Value, Source::Entry);
    assert_eq!(
        summary.results,
        [value(3), value(1), value(0), entry(0), entry(1)]
    );
    let svg = g.to_svg();
    let document = Document::parse(&svg).unwrap();
    let mut out = texts(&document, "dims");
    out.retain(|text| text.starts_with("out "));
    out.sort_unstable();
    assert_eq!(out, ["out [2]", "out [2]", "out [3]", "out [4]", "out []"]);
    assert_eq!(faults(&svg), [""; 0]);
}
