//! The order of the vertices within their rows, with few crossings of lines.

use super::rows::{Rows, Vertex};

/// How often the rows are gone through, down and up.
const SWEEPS: usize = 12;

/// Sorts each row by the mean place of its neighbours, down and up, and keeps the best that was seen.
pub(super) fn order(rows: &mut Rows) {
    let mut best = (crossings(rows), rows.rows.clone());
    for sweep in 0..2 * SWEEPS {
        let count = rows.rows.len();
        for i in 0..count {
            let row = if sweep % 2 == 0 { i } else { count - 1 - i };
            sort(rows, row, sweep % 2 == 0);
        }
        swap_neighbours(rows);
        let now = crossings(rows);
        if now < best.0 {
            best = (now, rows.rows.clone());
        }
        if now == 0 {
            break;
        }
    }
    rows.rows = best.1;
}

/// The index of each vertex in its row.
fn indices(rows: &Rows) -> Vec<usize> {
    let mut indices = vec![0; rows.vertices.len()];
    for row in &rows.rows {
        for (i, &id) in row.iter().enumerate() {
            indices[id] = i;
        }
    }
    indices
}

/// Sorts a row by the mean place of the neighbours above (or below), of all where there are none on that side.
fn sort(rows: &mut Rows, row: usize, down: bool) {
    let indices = indices(rows);
    let middle = |id: usize| {
        let count = rows.rows[rows.vertices[id].row].len();
        (indices[id] as f64 + 0.5) / count as f64
    };
    let mean = |id: usize| {
        let Vertex { above, below, .. } = &rows.vertices[id];
        let (first, second) = if down { (above, below) } else { (below, above) };
        let side = if first.is_empty() { second } else { first };
        match side.len() {
            0 => middle(id),
            count => side.iter().map(|&other| middle(other)).sum::<f64>() / count as f64,
        }
    };
    let mut keyed: Vec<_> = rows.rows[row].iter().map(|&id| (mean(id), id)).collect();
    keyed.sort_by(|a, b| a.0.total_cmp(&b.0));
    rows.rows[row] = keyed.into_iter().map(|(_, id)| id).collect();
}

/// Swaps neighbours in a row while that makes crossings fewer.
fn swap_neighbours(rows: &mut Rows) {
    let mut indices = indices(rows);
    // Each swap makes the number of crossings less; the limit is for time only.
    for _ in 0..10 {
        let mut swapped = false;
        for row in &mut rows.rows {
            for i in 1..row.len() {
                let (left, right) = (row[i - 1], row[i]);
                let (u, v) = (&rows.vertices[left], &rows.vertices[right]);
                let now =
                    between(&u.above, &v.above, &indices) + between(&u.below, &v.below, &indices);
                let then =
                    between(&v.above, &u.above, &indices) + between(&v.below, &u.below, &indices);
                if then < now {
                    row.swap(i - 1, i);
                    indices.swap(left, right);
                    swapped = true;
                }
            }
        }
        if !swapped {
            break;
        }
    }
}

/// How many lines of a left vertex and of a right one cross, by the ends of each in a neighbouring row.
fn between(left: &[usize], right: &[usize], indices: &[usize]) -> usize {
    let pairs = left.iter().flat_map(|l| right.iter().map(move |r| (l, r)));
    pairs.filter(|&(&l, &r)| indices[l] > indices[r]).count()
}

fn crossings(rows: &Rows) -> usize {
    let indices = indices(rows);
    let mut count = 0;
    for row in &rows.rows {
        for (i, &left) in row.iter().enumerate() {
            for &right in &row[i + 1..] {
                let (left, right) = (&rows.vertices[left], &rows.vertices[right]);
                count += between(&left.below, &right.below, &indices);
            }
        }
    }
    count
}
