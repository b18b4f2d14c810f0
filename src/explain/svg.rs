//! A graph, or a plan, as a drawing.

use super::layout::{BOX, LABEL, Layout, layout};
use super::rows::Edge;
use super::summary::{Kind, Row, Summary};
use super::text;
use core::fmt::Write;

/// The widest that a character of 12 pixels is in the usual monospaced fonts.
const CHARACTER: f64 = 7.3;
/// The space around the drawing.
const MARGIN: f64 = 20.0;
/// The space of the title.
const TITLE: f64 = 44.0;

/// A box of a drawing.
pub(super) struct Shown {
    /// The class of its style: `input`, `entry`, `node`.
    pub class: &'static str,
    /// The first line.
    pub name: String,
    /// The second line.
    pub op: String,
    /// What it says when it is pointed at.
    pub hint: String,
}

/// What is drawn: boxes, and arrows from earlier ones to later ones, or out of the drawing, with their labels.
pub(super) struct Picture {
    pub title: String,
    pub totals: String,
    pub boxes: Vec<Shown>,
    pub arrows: Vec<(usize, Option<usize>, String)>,
}

/// How wide a text is drawn. What is not ASCII may be twice as wide.
fn width(text: &str) -> f64 {
    let each = text.chars().map(|c| if c.is_ascii() { 1.0 } else { 2.0 });
    each.sum::<f64>() * CHARACTER
}

/// The first line of a box.
fn name(row: &Row) -> String {
    match row.name.as_str() {
        "" => row.id.to_string(),
        name => format!("{} {}", row.id, text::printable(name)),
    }
}

/// The arrows with their labels: one for each pair of values, and one out of each value that is returned.
fn arrows(summary: &Summary) -> Vec<(usize, Option<usize>, String)> {
    let dims = |i: usize| summary.rows[i].dims.to_string();
    let mut arrows: Vec<(usize, Option<usize>, String)> = Vec::new();
    for (to, row) in summary.rows.iter().enumerate() {
        let parents: Vec<_> = row
            .parents
            .iter()
            .filter_map(|&p| summary.index_of(p))
            .collect();
        for (i, &from) in parents.iter().enumerate() {
            if parents[..i].contains(&from) {
                continue;
            }
            let label = match parents.iter().filter(|&&parent| parent == from).count() {
                1 => dims(from),
                times => format!("{} ×{times}", dims(from)),
            };
            arrows.push((from, Some(to), label));
        }
    }
    for (from, row) in summary.rows.iter().enumerate() {
        if summary.results.contains(&row.id) {
            arrows.push((from, None, format!("out {}", dims(from))));
        }
    }
    arrows
}

/// The drawing of a graph.
pub(super) fn draw(summary: &Summary) -> String {
    render(&Picture {
        title: text::printable(&summary.name),
        totals: summary.totals(),
        boxes: summary.rows.iter().map(shown).collect(),
        arrows: arrows(summary),
    })
}

pub(super) fn render(picture: &Picture) -> String {
    let Picture {
        title,
        totals,
        boxes,
        arrows,
    } = picture;
    let widths = boxes.iter().map(|shown| {
        let widest = width(&shown.name).max(width(&text::printable(&shown.op)));
        (widest + 20.0).ceil()
    });
    let widths: Vec<f64> = widths.collect();
    let edges = arrows.iter().map(|&(from, to, ref label)| Edge {
        from,
        to,
        width: (width(label) + 6.0).ceil(),
    });
    let edges: Vec<_> = edges.collect();
    let layout = layout(&widths, &edges);

    let head = width(title).max(width(totals)).ceil();
    let (w, h) = (
        layout.width.max(head) + 2.0 * MARGIN,
        layout.height + TITLE + 2.0 * MARGIN,
    );
    let mut svg = String::new();
    // Writing to a string does not fail.
    let _ = write_all(&mut svg, (w, h), title, totals, |svg| {
        lines(svg, &layout)?;
        for ((_, _, label), &at) in arrows.iter().zip(&layout.labels) {
            write_label(svg, label, at)?;
        }
        for ((shown, &width), &at) in boxes.iter().zip(&widths).zip(&layout.boxes) {
            write_box(svg, shown, width, at)?;
        }
        Ok(())
    });
    svg
}

/// The frame of a drawing: its size, its style, its title.
fn write_all(
    svg: &mut String,
    (w, h): (f64, f64),
    title: &str,
    totals: &str,
    body: impl FnOnce(&mut String) -> core::fmt::Result,
) -> core::fmt::Result {
    writeln!(
        svg,
        r#"<svg xmlns="http://www.w3.org/2000/svg" width="{w:.0}" height="{h:.0}" viewBox="0 0 {w:.0} {h:.0}">"#
    )?;
    svg.push_str(STYLE);
    writeln!(
        svg,
        r##"<rect width="100%" height="100%" fill="#ffffff"/>"##
    )?;
    let (title, totals) = (text::xml(title), text::xml(totals));
    writeln!(
        svg,
        r#"<text class="title" x="{MARGIN}" y="{}">{title}</text>"#,
        MARGIN + 12.0
    )?;
    writeln!(
        svg,
        r#"<text class="op" x="{MARGIN}" y="{}">{totals}</text>"#,
        MARGIN + 30.0
    )?;
    writeln!(
        svg,
        r#"<g transform="translate({MARGIN} {})">"#,
        MARGIN + TITLE
    )?;
    body(svg)?;
    svg.push_str("</g>\n</svg>\n");
    Ok(())
}

const STYLE: &str = r##"<style>
text { font: 12px "DejaVu Sans Mono", Menlo, Consolas, monospace; fill: #1f2937; }
.name, .title { font-weight: bold; }
.op, .dims { fill: #4b5563; }
g text { text-anchor: middle; }
path { fill: none; stroke: #94a3b8; stroke-width: 1.3; }
.node rect { fill: #f8fafc; stroke: #475569; }
.input rect { fill: #dbeafe; stroke: #2563eb; }
.entry rect { fill: #fef3c7; stroke: #b45309; stroke-dasharray: 4 3; }
g:hover > rect { stroke-width: 2.5; }
</style>
<defs><marker id="end" markerWidth="7" markerHeight="8" refX="6" refY="4" orient="auto"><path d="M0 1 6 4 0 7Z" style="fill:#64748b;stroke:none"/></marker></defs>
"##;

fn lines(svg: &mut String, layout: &Layout) -> core::fmt::Result {
    for piece in &layout.pieces {
        let ((x0, y0), (x1, y1)) = (piece.from, piece.to);
        let middle = (y0 + y1) / 2.0;
        let marker = if piece.ends {
            r#" marker-end="url(#end)""#
        } else {
            ""
        };
        writeln!(
            svg,
            r#"<path d="M{x0:.1} {y0:.1}C{x0:.1} {middle:.1} {x1:.1} {middle:.1} {x1:.1} {y1:.1}"{marker}/>"#
        )?;
    }
    Ok(())
}

fn write_label(svg: &mut String, label: &str, (x, y): (f64, f64)) -> core::fmt::Result {
    let label = text::xml(label);
    writeln!(
        svg,
        r#"<text class="dims" x="{x:.1}" y="{:.1}">{label}</text>"#,
        y + LABEL / 4.0
    )
}

/// The box of a row.
fn shown(row: &Row) -> Shown {
    let parents: Vec<_> = row.parents.iter().map(ToString::to_string).collect();
    let dims = &row.dims;
    let cost = match row.multiply_adds {
        Some(cost) => text::count(cost, "multiply-add"),
        None => "closures".to_owned(),
    };
    let elements = text::count(row.elements as u64, "element");
    let bytes = text::count(row.bytes as u64, "byte");
    Shown {
        class: match row.kind {
            Kind::Input => "input",
            Kind::Entry => "entry",
            Kind::Node => "node",
        },
        name: name(row),
        op: row.op.clone(),
        hint: format!(
            "{} = {}({}) {dims}: {elements}, {bytes}, {cost}",
            name(row),
            row.op,
            parents.join(", ")
        ),
    }
}

fn write_box(svg: &mut String, shown: &Shown, width: f64, (x, y): (f64, f64)) -> core::fmt::Result {
    let class = shown.class;
    let radius = match class {
        "node" => 3.0,
        _ => BOX / 2.0,
    };
    writeln!(
        svg,
        r#"<g class="{class}"><title>{}</title>"#,
        text::xml(&shown.hint)
    )?;
    let (left, top) = (x - width / 2.0, y - BOX / 2.0);
    writeln!(
        svg,
        r#"<rect x="{left:.1}" y="{top:.1}" width="{width:.0}" height="{BOX:.0}" rx="{radius:.0}"/>"#
    )?;
    let (name, op) = (text::xml(&shown.name), text::xml(&shown.op));
    writeln!(
        svg,
        r#"<text class="name" x="{x:.1}" y="{:.1}">{name}</text>"#,
        y - 3.0
    )?;
    writeln!(
        svg,
        r#"<text class="op" x="{x:.1}" y="{:.1}">{op}</text></g>"#,
        y + 12.0
    )
}
