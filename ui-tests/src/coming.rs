//! `docs/book/src/coming-from.md`, as far as it is counted and quoted: the table of lines, and the messages of ours.

use crate::Program;

/// The page.
pub const COMING: &str = "docs/book/src/coming-from.md";

const LIBRARIES: [&str; 4] = ["PyTorch", "JAX", "dfdx", "cotangent"];
/// Where the table begins and ends.
const TABLE: [&str; 2] = ["| --- | ---: | ---: | ---: | ---: |\n", "\n\n"];

/// A part of the page: a program in each of the four libraries, and a mistake.
#[derive(Clone, Copy, Debug)]
pub struct Section<'a> {
    /// Its title.
    pub title: &'a str,
    text: &'a str,
}

impl<'a> Section<'a> {
    /// Those of a page: the headings with a number.
    pub fn all(page: &'a str) -> impl Iterator<Item = Self> {
        let parts = page.split("\n## ").skip(1);
        let numbered = parts.filter(|text| text.starts_with(|c: char| c.is_ascii_digit()));
        numbered.map(|text| Section {
            title: text.lines().next().unwrap_or_default(),
            text,
        })
    }

    /// The program of a library: the first block after its name.
    pub fn program(self, library: &str) -> Option<&'a str> {
        let (_, rest) = self.text.split_once(&format!("\n**{library}**"))?;
        let (_, rest) = rest.split_once("\n```")?;
        let (_, code) = rest.split_once('\n')?;
        code.split_once("\n```").map(|(code, _)| code)
    }

    /// The program of `ui-tests/` that has its mistake, by name, and the message that stands under it.
    pub fn mistake(self) -> Option<(&'a str, &'a str)> {
        let (_, rest) = self.text.split_once("`ui-tests/coming/")?;
        let (name, rest) = rest.split_once(".rs`")?;
        let (_, rest) = rest.split_once("```text\n")?;
        rest.split_once("```").map(|(message, _)| (name, message))
    }
}

/// Lines of code, without blank lines, comments, imports, and what rustdoc hides: those that are more than closing brackets,
/// and all.
fn lines(code: &str) -> [usize; 2] {
    let not_counted = ["//", "# ", "import ", "from ", "use "];
    let counts =
        |line: &&str| !line.is_empty() && !not_counted.iter().any(|start| line.starts_with(start));
    let all: Vec<_> = code.lines().map(str::trim).filter(counts).collect();
    let more = |line: &&&str| line.contains(|c: char| !")]};,".contains(c));
    [all.iter().filter(more).count(), all.len()]
}

fn table(page: &str) -> Result<String, String> {
    let row = |title: &str, counts: [usize; 4]| {
        let counts = counts.map(|count| format!(" {count} |"));
        format!("| {title} |{}", counts.concat())
    };
    let mut rows = Vec::new();
    let mut sums = [[0; 4]; 2];
    for section in Section::all(page) {
        let mut counts = [[0; 4]; 2];
        for (i, library) in LIBRARIES.into_iter().enumerate() {
            let program = section.program(library);
            let program = program.ok_or_else(|| format!("{}: no {library}", section.title))?;
            [counts[0][i], counts[1][i]] = lines(program);
        }
        rows.push(row(section.title, counts[0]));
        for (sum, count) in sums
            .as_flattened_mut()
            .iter_mut()
            .zip(counts.as_flattened())
        {
            *sum += count;
        }
    }
    rows.push(row("all", sums[0]));
    rows.push(row("all, with closing brackets", sums[1]));
    Ok(rows.join("\n"))
}

/// The page with its table counted anew, and with the messages of these programs.
///
/// # Errors
///
/// What is missing: the table, a program of a library, a program of `ui-tests/`.
pub fn coming_from(page: &str, programs: &[Program]) -> Result<String, String> {
    let missing = || format!("{COMING}: no table");
    let (head, rest) = page.split_once(TABLE[0]).ok_or_else(missing)?;
    let (_, rest) = rest.split_once(TABLE[1]).ok_or_else(missing)?;
    let mut new = [head, TABLE[0], &table(page)?, TABLE[1], rest].concat();
    for section in Section::all(page) {
        if let Some((name, message)) = section.mistake() {
            let name = format!("coming/{name}");
            let program = programs.iter().find(|program| program.name == name);
            let program = program.ok_or_else(|| format!("{COMING}: no program {name}"))?;
            new = new.replace(message, &program.message);
        }
    }
    Ok(new)
}
