//! A training as one page of HTML.

use super::curves::curves;
use super::{Confusion, Record};
use std::collections::BTreeMap;
use std::fmt::Write;

/// What is on the page of a training. It needs no other file and no network.
///
/// ```
/// use cotangent::prelude::*;
/// use cotangent::train::{Confusion, Record, Report};
/// let g: GraphData<f32, _, _, _> = graph!(|w: [3, 2]; x: [4, 3]| mean(matmul(x, w)));
/// let record = |step, loss| Record { step, values: vec![("train/loss".into(), loss)], ..Record::default() };
/// let page = Report::new("a first training")
///     .records(&[record(1, 0.7), record(2, 0.5)])
///     .table("The graph", &g.summary().to_string())
///     .drawing("Its drawing", &g.to_svg())
///     .confusion(&Confusion::new(2), &["cat", "dog"])
///     .to_html();
/// assert!(page.starts_with("<!DOCTYPE html>") && page.contains("a first training") && page.contains("</svg>"));
/// ```
#[derive(Clone, Debug)]
pub struct Report {
    title: String,
    body: String,
}

impl Report {
    /// A page with a title and nothing else yet.
    pub fn new(title: &str) -> Self {
        Report {
            title: title.to_owned(),
            body: String::new(),
        }
    }

    fn section(mut self, title: &str, content: &str) -> Self {
        // A text takes what is written to it.
        let _ = write!(
            self.body,
            "<section><h2>{}</h2>\n{content}</section>\n",
            escaped(title)
        );
        self
    }

    /// Curves of what was measured, and the last values. What has the same name after the first `/`, as `train/loss` and
    /// `valid/loss`, is in one picture.
    #[must_use]
    pub fn records(self, records: &[Record]) -> Self {
        let mut pictures: BTreeMap<&str, BTreeMap<&str, Vec<(f64, f64)>>> = BTreeMap::new();
        for record in records {
            for (name, value) in &record.values {
                let (set, measure) = name.split_once('/').unwrap_or((name, name));
                let curve = pictures.entry(measure).or_default().entry(set).or_default();
                curve.push((record.step as f64, *value));
            }
        }
        let mut content = String::from("<div class=\"curves\">\n");
        let mut last =
            String::from("<table><tr><th></th><th>last</th><th>least</th><th>largest</th></tr>\n");
        for (measure, sets) in &pictures {
            let _ = writeln!(content, "<figure>{}</figure>", curves(measure, sets));
            for (set, curve) in sets {
                let values = || curve.iter().map(|(_, y)| *y);
                let (least, largest) = (
                    values().fold(f64::NAN, f64::min),
                    values().fold(f64::NAN, f64::max),
                );
                let end = values().next_back().unwrap_or(f64::NAN);
                let _ = writeln!(
                    last,
                    "<tr><td>{} {}</td><td>{end:.4}</td><td>{least:.4}</td><td>{largest:.4}</td></tr>",
                    escaped(set),
                    escaped(measure)
                );
            }
        }
        content.push_str("</div>\n");
        last.push_str("</table>\n");
        self.section("Curves", &content).section("Values", &last)
    }

    /// A text of equal letters, such as a summary, a profile, or settings.
    #[must_use]
    pub fn table(self, title: &str, text: &str) -> Self {
        let content = format!("<pre>{}</pre>\n", escaped(text));
        self.section(title, &content)
    }

    /// A drawing as SVG, such as [`to_svg`](crate::graph::GraphData::to_svg) gives.
    #[must_use]
    pub fn drawing(self, title: &str, svg: &str) -> Self {
        // What stands before the element is for files.
        let element = svg.find("<svg").map_or("", |start| &svg[start..]);
        let content = format!("<div class=\"drawing\">{element}</div>\n");
        self.section(title, &content)
    }

    /// What was taken for what, darker where it is more; classes without a name have their number.
    #[must_use]
    pub fn confusion(self, confusion: &Confusion, names: &[&str]) -> Self {
        let name = |class: usize| match names.get(class) {
            Some(name) => escaped(name),
            None => class.to_string(),
        };
        let classes = 0..confusion.classes();
        let mut table = String::from("<table class=\"confusion\"><tr><th></th>");
        for answer in classes.clone() {
            let _ = write!(table, "<th>{}</th>", name(answer));
        }
        table.push_str("<th>recall</th></tr>\n");
        for label in classes.clone() {
            let _ = write!(table, "<tr><th>{}</th>", name(label));
            let row: u64 = classes
                .clone()
                .map(|answer| confusion.count(label, answer))
                .sum();
            for answer in classes.clone() {
                let count = confusion.count(label, answer);
                // Never so dark that the number is hard to read.
                let part = 0.6 * count as f64 / row.max(1) as f64;
                let hue = if label == answer {
                    "46,125,50"
                } else {
                    "198,40,40"
                };
                let _ = write!(
                    table,
                    "<td style=\"background:rgba({hue},{part:.2})\">{count}</td>"
                );
            }
            let recall = confusion
                .recall(label)
                .map_or("".into(), |recall| format!("{recall:.3}"));
            let _ = writeln!(table, "<td>{recall}</td></tr>");
        }
        table.push_str("</table>\n");
        if let (Some(accuracy), Some(f1)) = (confusion.accuracy(), confusion.macro_f1()) {
            let total = confusion.total();
            let _ = writeln!(
                table,
                "<p>Accuracy {accuracy:.4} of {total}, mean F1 {f1:.4}. A row for each label, a column for each answer.</p>"
            );
        }
        self.section("Confusion", &table)
    }

    /// The page.
    pub fn to_html(&self) -> String {
        let (title, body) = (escaped(&self.title), &self.body);
        format!(
            "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
             <title>{title}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n<h1>{title}</h1>\n{body}</body>\n</html>\n"
        )
    }
}

const STYLE: &str = "\
body { font: 15px/1.5 system-ui, sans-serif; color: #222; max-width: 64rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.6rem; } h2 { font-size: 1.15rem; margin-top: 2rem; border-bottom: 1px solid #ddd; }
figure { margin: 0; } .curves { display: flex; flex-wrap: wrap; gap: 1rem; }
.curves svg { width: 31rem; max-width: 100%; height: auto; }
.drawing { overflow: auto; max-height: 40rem; border: 1px solid #ddd; }
pre { overflow-x: auto; background: #f6f6f6; padding: .8rem; font-size: 12px; line-height: 1.35; }
table { border-collapse: collapse; } td, th { padding: .2rem .6rem; text-align: right; font-variant-numeric: tabular-nums; }
td:first-child { text-align: left; } .confusion td { border: 1px solid #eee; text-align: right; }
";

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}
