//! The `.md` beside a program.

use crate::{Code, Words};

/// What is said about a program.
#[derive(Clone, Debug)]
pub enum Page {
    /// The entry of its mistake.
    Own(Entry),
    /// `See P01.`: the entry of another program is about the same mistake.
    See(Code),
}

/// One kind of mistake.
#[derive(Clone, Debug)]
pub struct Entry {
    /// Its code.
    pub code: Code,
    /// The mistake, in a few words.
    pub title: String,
    /// What rustc says of it, where that has no place for the code.
    pub rustc: Vec<Words>,
    /// What it means, and the mended program.
    pub body: String,
}

impl Page {
    /// Reads the text of a `.md`.
    ///
    /// # Errors
    ///
    /// What is wrong with it.
    pub fn of(text: &str) -> Result<Self, String> {
        let see = text.trim_end().strip_prefix("See ");
        if let Some(code) = see.and_then(|rest| rest.strip_suffix('.')) {
            return Ok(Page::See(code.parse()?));
        }
        let Some((heading, rest)) = text.strip_prefix("# ").and_then(|t| t.split_once('\n')) else {
            return Err("it begins with `# P01: a title`, or is `See P01.`".to_owned());
        };
        let (code, title) = heading.split_once(": ").unwrap_or((heading, ""));
        let lines = rest.lines().filter_map(Words::of);
        let rustc = lines.collect::<Result<Vec<_>, _>>()?;
        let body = rest.lines().filter(|line| Words::of(line).is_none());
        let body = body.collect::<Vec<_>>().join("\n").trim().to_owned();
        if title.is_empty() {
            return Err("no title after its code".to_owned());
        }
        check(&body)?;
        Ok(Page::Own(Entry {
            code: code.parse()?,
            title: title.to_owned(),
            rustc,
            body,
        }))
    }
}

/// A meaning, and then one mended program, which is a doc test and shows two ways.
fn check(body: &str) -> Result<(), String> {
    let fences = body.lines().filter(|line| line.starts_with("```"));
    if fences.collect::<Vec<_>>() != ["```rust", "```"] {
        return Err("it has one block, the mended program, between ```rust and ```".to_owned());
    }
    let (meaning, program) = body.split_once("```rust").unwrap_or_default();
    if meaning.trim().is_empty() {
        return Err("it says what the mistake means, before the mended program".to_owned());
    }
    if !(program.contains("One: ") && program.contains("Two: ")) {
        return Err("the mended program has two ways, `// One: …` and `// Two: …`".to_owned());
    }
    Ok(())
}
