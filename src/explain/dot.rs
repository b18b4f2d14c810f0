//! A graph as text for Graphviz.

use super::summary::{Kind, Source, Summary};
use super::text;

/// The name of a value in the text.
fn key(source: Source) -> String {
    match source {
        Source::Value(id) => format!("v{id}"),
        Source::Entry(slot) => format!("e{slot}"),
    }
}

pub(super) fn draw(summary: &Summary) -> String {
    let mut lines = vec![
        "digraph {".to_owned(),
        format!(
            "  label={}; labelloc=t; fontname=monospace;",
            text::quoted(&summary.name)
        ),
        "  node [shape=box, fontname=monospace]; edge [fontname=monospace];".to_owned(),
    ];
    for row in &summary.rows {
        let style = match row.kind {
            Kind::Input => ", style=\"filled,rounded\", fillcolor=\"#dbeafe\"",
            Kind::Entry => ", style=\"filled,rounded,dashed\", fillcolor=\"#fef3c7\"",
            Kind::Node => "",
        };
        let dims = &row.dims;
        let name = text::printable(&row.name);
        let label = text::quoted(&format!("{name}\n{} {dims}", text::printable(&row.op)));
        lines.push(format!("  {} [label={label}{style}];", key(row.id)));
    }
    for row in &summary.rows {
        for &parent in &row.parents {
            let source = summary.index_of(parent).map(|i| &summary.rows[i].dims);
            let dims = source.map_or("?".to_owned(), |dims| dims.to_string());
            let (from, to) = (key(parent), key(row.id));
            lines.push(format!("  {from} -> {to} [label={}];", text::quoted(&dims)));
        }
    }
    lines.push("}\n".to_owned());
    lines.join("\n")
}
