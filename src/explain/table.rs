//! Tables of text: columns as wide as their widest cell, a rule below the heads.

use core::fmt;

/// How the cells of a column stand.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Align {
    Left,
    Right,
}

/// A table with `N` columns.
pub(super) struct Table<const N: usize> {
    columns: [(&'static str, Align); N],
    rows: Vec<[String; N]>,
}

impl<const N: usize> Table<N> {
    pub fn new(columns: [(&'static str, Align); N]) -> Self {
        Table {
            columns,
            rows: Vec::new(),
        }
    }

    pub fn push(&mut self, row: [String; N]) {
        self.rows.push(row);
    }

    fn widths(&self) -> [usize; N] {
        let mut widths = self.columns.map(|(head, _)| head.chars().count());
        for row in &self.rows {
            for (width, cell) in widths.iter_mut().zip(row) {
                *width = cell.chars().count().max(*width);
            }
        }
        widths
    }

    /// A line as wide as the table.
    pub fn rule(&self) -> String {
        let gaps = 2 * N.saturating_sub(1);
        "─".repeat(self.widths().iter().sum::<usize>() + gaps)
    }
}

impl<const N: usize> fmt::Display for Table<N> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let widths = self.widths();
        let line = |cells: [&str; N]| {
            let each = cells.iter().zip(widths).zip(self.columns);
            let each = each.map(|((cell, width), (_, align))| match align {
                Align::Right => format!("{cell:>width$}"),
                Align::Left => format!("{cell:<width$}"),
            });
            let each: Vec<String> = each.collect();
            each.join("  ").trim_end().to_owned()
        };
        writeln!(f, "{}", line(self.columns.map(|(head, _)| head)))?;
        writeln!(f, "{}", self.rule())?;
        for row in &self.rows {
            writeln!(f, "{}", line(row.each_ref().map(String::as_str)))?;
        }
        Ok(())
    }
}
