//! Pictures of a town with the roads of a shortest way: in characters, and as SVG.

use super::town::{EXTENT, Place, Town};
use petgraph::visit::EdgeRef;
use std::collections::HashSet;
use std::fmt::{self, Write};

/// A town, and the roads to mark.
pub struct Picture<'a> {
    pub town: &'a Town,
    pub marked: &'a HashSet<(usize, usize)>,
    pub ends: [usize; 2],
}

/// A road on the map: its ends, whether it is marked, whether it is one-way.
struct Line {
    from: Place,
    to: Place,
    marked: bool,
    one_way: bool,
}

impl Picture<'_> {
    /// One line for each road; a road for both directions has one.
    fn lines(&self) -> Vec<Line> {
        let Town { places, roads } = self.town;
        let mut lines = Vec::new();
        for road in roads.edge_references() {
            let (u, v) = (road.source().index(), road.target().index());
            let one_way = !roads.contains_edge(road.target(), road.source());
            if u < v || one_way {
                let marked = self.marked.contains(&(u, v)) || self.marked.contains(&(v, u));
                let (from, to) = (places[u], places[v]);
                lines.push(Line {
                    from,
                    to,
                    marked,
                    one_way,
                });
            }
        }
        lines.sort_by_key(|line| line.marked); // what comes last is on top
        lines
    }

    /// The map as an SVG file. One-way roads have an arrow head in their middle.
    pub fn svg(&self) -> Result<String, fmt::Error> {
        let mut svg = String::from(HEAD);
        for line in self.lines() {
            let Line {
                from: [x, y],
                to: [to_x, to_y],
                marked,
                one_way,
            } = line;
            let (mid_x, mid_y) = ((x + to_x) / 2, (y + to_y) / 2);
            let class = if marked { "marked" } else { "road" };
            let arrow = if one_way { " arrow" } else { "" };
            writeln!(
                svg,
                r#"<path class="{class}{arrow}" d="M{x} {y}L{mid_x} {mid_y}L{to_x} {to_y}"/>"#
            )?;
        }
        for [x, y] in &self.town.places {
            writeln!(svg, r#"<circle cx="{x}" cy="{y}" r="9"/>"#)?;
        }
        for (end, name) in self.ends.into_iter().zip(["A", "B"]) {
            let [x, y] = self.town.places[end];
            writeln!(svg, r#"<circle class="end" cx="{x}" cy="{y}" r="34"/>"#)?;
            writeln!(svg, r#"<text x="{x}" y="{}">{name}</text>"#, y + 16)?;
        }
        svg.push_str("</svg>\n");
        Ok(svg)
    }
}

/// The beginning of the SVG file; the view is the extent of the town, with a margin.
const HEAD: &str = r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="-60 -60 3120 1720" width="1040">
<style>
  path { fill: none; stroke-linecap: round }
  .road { stroke: #a8a49a; stroke-width: 9 }
  .marked { stroke: #c8321e; stroke-width: 18 }
  .arrow { marker-mid: url(#head) }
  #head path { stroke: #2b2b2b; stroke-width: 6 }
  circle { fill: #6b675e }
  .end { fill: #c8321e }
  text { fill: white; font: bold 44px sans-serif; text-anchor: middle }
</style>
<marker id="head" orient="auto" markerUnits="userSpaceOnUse" overflow="visible"><path d="M-12 -12L12 0L-12 12"/></marker>
<rect x="-60" y="-60" width="3120" height="1720" fill="#f6f4ef"/>
"##;

/// The map in characters: each is 2 by 4 dots of a braille cell. A marked road is solid.
impl fmt::Display for Picture<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const COLUMNS: usize = 76;
        const ROWS: usize = 21;
        /// The bits of a braille character, by row and column.
        const DOTS: [[u32; 2]; 4] = [[0x01, 0x08], [0x02, 0x10], [0x04, 0x20], [0x40, 0x80]];
        let mut cells = [[' '; COLUMNS]; ROWS];
        let dot = |[x, y]: [f64; 2]| {
            let scale = |x: f64, dots: usize, extent: i32| {
                (x * (dots - 1) as f64 / f64::from(extent)).round() as usize
            };
            (
                scale(x, 2 * COLUMNS, EXTENT[0]),
                scale(y, 4 * ROWS, EXTENT[1]),
            )
        };
        for Line {
            from, to, marked, ..
        } in self.lines()
        {
            const STEPS: i32 = 100;
            for step in 0..=STEPS {
                let share = f64::from(step) / f64::from(STEPS);
                let along =
                    |axis: usize| f64::from(from[axis]) + share * f64::from(to[axis] - from[axis]);
                let (x, y) = dot([along(0), along(1)]);
                let cell = &mut cells[y / 4][x / 2];
                if marked {
                    *cell = '█';
                } else {
                    let bits = (*cell as u32).saturating_sub(0x2800) & 0xff | DOTS[y % 4][x % 2];
                    *cell = char::from_u32(0x2800 | bits).unwrap_or(*cell);
                }
            }
        }
        for (end, name) in self.ends.into_iter().zip(['A', 'B']) {
            let (x, y) = dot(self.town.places[end].map(f64::from));
            cells[y / 4][x / 2] = name;
        }
        for row in cells {
            let row: String = row.into_iter().collect();
            writeln!(f, "{}", row.trim_end())?;
        }
        Ok(())
    }
}
