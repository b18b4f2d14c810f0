//! The vertices of a drawing, in rows by longest path.

/// An arrow, and how wide its label is.
pub(super) struct Edge {
    pub from: usize,
    /// `None`: out of the drawing.
    pub to: Option<usize>,
    pub width: f64,
}

/// What a vertex is.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Kind {
    Box(usize),
    Label(usize),
    /// A point that a line goes through.
    Bend,
}

/// Something that has a place in a row.
pub(super) struct Vertex {
    pub kind: Kind,
    pub row: usize,
    pub width: f64,
    /// What it is joined to in the row above.
    pub above: Vec<usize>,
    /// What it is joined to in the row below.
    pub below: Vec<usize>,
}

/// Vertices in rows. Boxes are in even rows and labels in odd ones.
#[derive(Default)]
pub(super) struct Rows {
    pub vertices: Vec<Vertex>,
    /// The vertices of each row, from left to right.
    pub rows: Vec<Vec<usize>>,
}

impl Rows {
    fn add(&mut self, kind: Kind, row: usize, width: f64) -> usize {
        let id = self.vertices.len();
        self.vertices.push(Vertex {
            kind,
            row,
            width,
            above: Vec::new(),
            below: Vec::new(),
        });
        if self.rows.len() <= row {
            self.rows.resize(row + 1, Vec::new());
        }
        self.rows[row].push(id);
        id
    }

    fn join(&mut self, above: usize, below: usize) {
        self.vertices[above].below.push(below);
        self.vertices[below].above.push(above);
    }

    /// The rows of a graph. The vertex of box `i` is `i`, that of label `e` is `widths.len() + e`.
    pub fn new(widths: &[f64], edges: &[Edge]) -> Self {
        let levels = levels(widths.len(), edges);
        let mut rows = Rows::default();
        for (i, &width) in widths.iter().enumerate() {
            rows.add(Kind::Box(i), 2 * levels[i], width);
        }
        // A label is right above where its arrow ends.
        let row = |edge: &Edge| {
            edge.to
                .map_or(2 * levels[edge.from] + 1, |to| 2 * levels[to] - 1)
        };
        for (e, edge) in edges.iter().enumerate() {
            rows.add(Kind::Label(e), row(edge), edge.width);
        }
        for (from, &level) in levels.iter().enumerate() {
            let out = edges
                .iter()
                .enumerate()
                .filter(|(_, edge)| edge.from == from);
            let out: Vec<_> = out.collect();
            let last = out.iter().map(|(_, edge)| row(edge)).max().unwrap_or(0);
            let mut here = from;
            for next in 2 * level + 1..=last {
                for (e, edge) in &out {
                    if row(edge) == next {
                        rows.join(here, widths.len() + e);
                        if let Some(to) = edge.to {
                            rows.join(widths.len() + e, to);
                        }
                    }
                }
                if next < last {
                    let bend = rows.add(Kind::Bend, next, 0.0);
                    rows.join(here, bend);
                    here = bend;
                }
            }
        }
        rows
    }
}

/// How far each box is from the first: one more than its parents. A box without parents is right above its first use.
/// Arrows go from lower numbers to higher ones.
fn levels(boxes: usize, edges: &[Edge]) -> Vec<usize> {
    let mut parents = vec![Vec::new(); boxes];
    for edge in edges {
        if let Some(to) = edge.to {
            parents[to].push(edge.from);
        }
    }
    let mut levels: Vec<usize> = Vec::with_capacity(boxes);
    for parents in &parents {
        let level = parents.iter().map(|&parent| levels[parent] + 1).max();
        levels.push(level.unwrap_or(0));
    }
    for from in (0..boxes).filter(|&i| parents[i].is_empty()) {
        let uses = edges.iter().filter(|edge| edge.from == from);
        let first = uses.filter_map(|edge| edge.to).map(|to| levels[to]).min();
        levels[from] = first.map_or(0, |level| level - 1);
    }
    levels
}
