//! Where the boxes and the labels of a drawing are.
//!
//! The method is that of Sugiyama, Tagawa and Toda (1981): rows by longest path, an order within each row that has few
//! crossings, then places. A label is a vertex like a box, in a row of its own between two rows of boxes, so nothing
//! can lie on it. A value that is used far below has one line down with a branch for each use.

use super::rows::{Edge, Kind, Rows};
use super::{order, place};

/// The height of a box.
pub(super) const BOX: f64 = 38.0;
/// The height of a label.
pub(super) const LABEL: f64 = 16.0;

/// A piece of a line, from a point down to another, and whether it ends at a box.
pub(super) struct Piece {
    pub from: (f64, f64),
    pub to: (f64, f64),
    pub ends: bool,
}

/// Where everything is. Points of boxes and labels are their centres.
pub(super) struct Layout {
    pub boxes: Vec<(f64, f64)>,
    pub labels: Vec<(f64, f64)>,
    pub pieces: Vec<Piece>,
    pub width: f64,
    pub height: f64,
}

/// Lays out boxes of some widths.
pub(super) fn layout(widths: &[f64], edges: &[Edge]) -> Layout {
    let mut rows = Rows::new(widths, edges);
    order::order(&mut rows);
    let x = place::place(&rows);
    let y = heights(&rows, &x);

    // A line goes to the side between rows only, where nothing is in its way.
    let half = |id: usize| height(rows.vertices[id].row) / 2.0;
    let at = |id: usize| (x[id], y[rows.vertices[id].row]);
    let mut pieces = Vec::new();
    for (id, vertex) in rows.vertices.iter().enumerate() {
        if vertex.kind == Kind::Bend {
            let (x, y) = at(id);
            pieces.push(Piece {
                from: (x, y - half(id)),
                to: (x, y + half(id)),
                ends: false,
            });
        }
        for &below in &vertex.below {
            let start = x[id] + port(&rows, &x, id, &vertex.below, below);
            let end = x[below] + port(&rows, &x, below, &rows.vertices[below].above, id);
            pieces.push(Piece {
                from: (start, at(id).1 + half(id)),
                to: (end, at(below).1 - half(below)),
                ends: matches!(rows.vertices[below].kind, Kind::Box(_)),
            });
        }
    }
    let edges_of = rows.vertices.iter().zip(&x);
    let width = edges_of.map(|(vertex, x)| x + vertex.width / 2.0);
    Layout {
        boxes: (0..widths.len()).map(at).collect(),
        labels: (widths.len()..widths.len() + edges.len()).map(at).collect(),
        pieces,
        width: width.fold(0.0, f64::max),
        height: y.last().map_or(0.0, |y| y + BOX / 2.0),
    }
}

/// Where a line meets a box, from its middle: the lines of one side are spread in the order of where they go.
fn port(rows: &Rows, x: &[f64], id: usize, others: &[usize], other: usize) -> f64 {
    let vertex = &rows.vertices[id];
    if !matches!(vertex.kind, Kind::Box(_)) || others.len() < 2 {
        return 0.0;
    }
    let before = |&&o: &&usize| (x[o], o) < (x[other], other);
    let rank = others.iter().filter(before).count() as f64;
    let count = others.len() as f64;
    let step = (vertex.width / (count + 1.0)).min(18.0);
    (rank - (count - 1.0) / 2.0) * step
}

/// The height of a row.
fn height(row: usize) -> f64 {
    if row.is_multiple_of(2) { BOX } else { LABEL }
}

/// The middle of each row. Rows are farther apart where lines between them go far to the side.
fn heights(rows: &Rows, x: &[f64]) -> Vec<f64> {
    let mut heights = Vec::with_capacity(rows.rows.len());
    let mut bottom = 0.0;
    for (r, row) in rows.rows.iter().enumerate() {
        let above = row
            .iter()
            .flat_map(|&id| rows.vertices[id].above.iter().map(move |&a| (a, id)));
        let far = above
            .map(|(a, id)| (x[a] - x[id]).abs())
            .fold(0.0, f64::max);
        let gap = if r == 0 {
            0.0
        } else {
            10.0 + (far / 12.0).min(30.0)
        };
        heights.push(bottom + gap + height(r) / 2.0);
        bottom += gap + height(r);
    }
    heights
}
