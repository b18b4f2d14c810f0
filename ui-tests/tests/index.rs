//! `docs/errors.md` is in step with the programs. `INDEX=overwrite` writes its messages anew, and puts
//! each program that no entry names under "To be described", which this test refuses.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

const TO_DO: &str = "## To be described";

/// The programs, each with its source and its message, by names such as `op/fail/bias`.
type Programs = BTreeMap<String, (String, String)>;

/// One entry: its lines, from its heading to the next.
struct Entry<'a> {
    heading: &'a str,
    lines: Vec<&'a str>,
}

impl Entry<'_> {
    /// The programs that a line beginning with `label` names, in backquotes: `op/fail/bias`.
    fn named(&self, label: &str) -> Vec<&str> {
        let lines = self.lines.iter().filter(|line| line.starts_with(label));
        lines
            .flat_map(|line| line.split('`').skip(1).step_by(2))
            .collect()
    }

    /// What is in the first block that opens with `fence`.
    fn block(&self, fence: &str) -> Option<String> {
        let start = self.lines.iter().position(|line| *line == fence)? + 1;
        let length = self.lines[start..].iter().position(|line| *line == "```")?;
        Some(self.lines[start..start + length].join("\n"))
    }
}

fn entries(index: &str) -> Vec<Entry<'_>> {
    let mut entries: Vec<Entry> = Vec::new();
    let mut in_entry = false;
    for line in index.lines() {
        if line.starts_with("## ") {
            in_entry = false;
        } else if let Some(heading) = line.strip_prefix("### ") {
            in_entry = true;
            entries.push(Entry {
                heading,
                lines: Vec::new(),
            });
        } else if let (true, Some(entry)) = (in_entry, entries.last_mut()) {
            entry.lines.push(line);
        }
    }
    entries
}

/// The first error of a message, whole: an empty line ends it.
fn first_error(message: &str) -> String {
    let lines = message.lines().take_while(|line| !line.is_empty());
    lines.collect::<Vec<_>>().join("\n")
}

/// What is wrong with an index, one line for each mistake.
fn mistakes(index: &str, programs: &Programs) -> Vec<String> {
    let mut mistakes = Vec::new();
    let mut named: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    let mut codes: BTreeMap<&str, usize> = BTreeMap::new();
    let entries = entries(index);
    for entry in &entries {
        let heading = entry.heading;
        let mut say = |mistake: &str| mistakes.push(format!("`{heading}`: {mistake}"));
        let code = heading.split_once(": ").map_or("", |(code, _)| code);
        *codes.entry(code).or_default() += 1;
        let (letter, number) = code.split_at(code.len().min(1));
        let upper = letter.chars().all(|c| c.is_ascii_uppercase());
        if number.len() != 2 || number.parse::<u8>().is_err() || !upper {
            say("the heading begins with a code, such as `P01: `");
        }
        let anchor = format!("<a id=\"{}\"></a>", code.to_lowercase());
        if !entry.lines.contains(&anchor.as_str()) {
            say(&format!("no anchor {anchor}"));
        }
        let mains = entry.named("Program: ");
        for name in mains.iter().chain(&entry.named("See also: ")) {
            named.entry(name).or_default().push(heading);
        }
        let [main] = mains[..] else {
            say("a line `Program: ` names one program");
            continue;
        };
        let Some((source, message)) = programs.get(main) else {
            continue; // said below
        };
        if entry.block("```text") != Some(first_error(message)) {
            say(&format!("the message is not the first error of `{main}`"));
        }
        match entry.block("```rs") {
            Some(excerpt) if is_part(&excerpt, source) => (),
            _ => say(&format!("the program is no part of `{main}`")),
        }
        if entry.block("```rust").is_none() {
            say("no mended program");
        }
    }
    let twice = codes.iter().filter(|(_, times)| **times > 1);
    mistakes.extend(twice.map(|(code, _)| format!("the code `{code}` is there twice")));
    for (name, headings) in &named {
        if !programs.contains_key(*name) {
            mistakes.push(format!("no program `{name}`: {headings:?}"));
        }
        if headings.len() > 1 {
            mistakes.push(format!("`{name}` is named more than once: {headings:?}"));
        }
    }
    mistakes.extend(pointers(&entries, programs));
    let missing = programs
        .keys()
        .filter(|name| !named.contains_key(name.as_str()));
    mistakes.extend(missing.map(|name| format!("no entry names `{name}`")));
    if index.lines().any(|line| line == TO_DO) {
        mistakes.push(format!("programs under `{TO_DO}`"));
    }
    mistakes
}

/// Messages that do not point to their entry: `docs/errors.md#p01`, or some of them, `docs/errors.md#p01, #p02`. A message in
/// rustc's words has no place for it: there is a table of those in the index.
fn pointers(entries: &[Entry], programs: &Programs) -> Vec<String> {
    let mut mistakes = Vec::new();
    for entry in entries {
        let code = entry.heading.split_once(": ").map_or("", |(code, _)| code);
        let code = format!("#{}", code.to_lowercase());
        let names = [entry.named("Program: "), entry.named("See also: ")].concat();
        for name in names {
            let Some((_, message)) = programs.get(name) else {
                continue; // said elsewhere
            };
            let error = first_error(message);
            let codes = codes(&error);
            if !codes.contains(&code) && (!codes.is_empty() || !is_of_rustc(&error)) {
                mistakes.push(format!(
                    "the message of `{name}` points to {codes:?}, not to {code}"
                ));
            }
        }
    }
    mistakes
}

/// The entries that a message points to, such as `#p01`.
fn codes(message: &str) -> Vec<String> {
    let Some((_, rest)) = message.split_once("docs/errors.md") else {
        return Vec::new();
    };
    let end = rest.find(|c: char| !"#, ".contains(c) && !c.is_ascii_alphanumeric());
    let pointer = &rest[..end.unwrap_or(rest.len())];
    let pointer = pointer.lines().next().unwrap_or_default();
    pointer
        .split(", ")
        .map(|code| code.trim().to_owned())
        .filter(|code| !code.is_empty())
        .collect()
}

/// Whether the words are those of rustc, which has no place for ours: types that do not match, arguments that are missing, names
/// that it does not find, and its lints.
fn is_of_rustc(message: &str) -> bool {
    const ITS_OWN: [&str; 15] = [
        "error[E0063]",
        "error[E0107]",
        "error[E0283]",
        "error[E0527]",
        "error[E0532]",
        "error[E0560]",
        "error[E0609]",
        "error[E0747]",
        "error[E0308]",
        "error[E0271]",
        "error[E0061]",
        "error[E0425]",
        "error[E0435]",
        "error[E0599]",
        "error: unused variable",
    ];
    ITS_OWN.iter().any(|words| message.starts_with(words))
}

/// Whether these lines, one after another, are in the source, up to one indentation of all.
fn is_part(excerpt: &str, source: &str) -> bool {
    let excerpt: Vec<&str> = excerpt.lines().collect();
    let source: Vec<&str> = source.lines().collect();
    !excerpt.is_empty()
        && source.windows(excerpt.len()).any(|part| {
            let indent = part[0].len() - part[0].trim_start().len();
            part.iter()
                .zip(&excerpt)
                .all(|(line, e)| line.get(indent..).unwrap_or("") == *e)
        })
}

/// The index with the message of each entry as it is now, and the programs that are new at the end.
fn refreshed(index: &str, programs: &Programs) -> String {
    let index = index.split(TO_DO).next().unwrap_or_default().trim_end();
    let mut out: Vec<String> = Vec::new();
    let mut message = None;
    let mut in_message = false;
    for line in index.lines() {
        if line.starts_with("## ") || line.starts_with("### ") {
            message = None;
        }
        if line.starts_with("Program: ") {
            let name = line.split('`').nth(1).unwrap_or_default();
            message = programs.get(name).map(|(_, message)| first_error(message));
        }
        if in_message && line != "```" {
            continue;
        }
        in_message = false;
        out.push(line.to_owned());
        if line == "```text"
            && let Some(message) = message.take()
        {
            out.push(message);
            in_message = true;
        }
    }
    let entries = entries(index);
    let named = |name: &String| {
        let names = |e: &Entry| {
            [e.named("Program: "), e.named("See also: ")]
                .concat()
                .contains(&name.as_str())
        };
        entries.iter().any(names)
    };
    let new: Vec<&String> = programs.keys().filter(|name| !named(name)).collect();
    if !new.is_empty() {
        out.push(format!("\n{TO_DO}\n"));
    }
    for name in new {
        let (source, message) = &programs[name];
        let error = first_error(message);
        let source = source.trim_end();
        out.push(format!(
            "`{name}`\n\n```rs\n{source}\n```\n\n```text\n{error}\n```\n"
        ));
    }
    out.join("\n").trim_end().to_owned() + "\n"
}

/// The index with each file that a line `Whole: ` names in the block after that line.
fn with_files(index: &str, read: impl Fn(&str) -> String) -> String {
    let mut out: Vec<String> = Vec::new();
    let mut lines = index.lines();
    while let Some(line) = lines.next() {
        out.push(line.to_owned());
        if let Some(name) = line.strip_prefix("Whole: `") {
            let file = read(name.trim_end_matches('`'));
            out.push(format!("\n```text\n{}\n```", file.trim_end()));
            // What was there: from after the line to the end of the block.
            lines.by_ref().skip(2).find(|line| *line == "```");
        }
    }
    out.join("\n") + "\n"
}

fn file_of_the_repository(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(name);
    fs::read_to_string(path).expect(name)
}

fn programs() -> Programs {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut programs = Programs::new();
    for subject in fs::read_dir(root).expect("the folders of the subjects") {
        let folder = subject.expect("a subject").path().join("fail");
        let Ok(files) = fs::read_dir(&folder) else {
            continue; // no subject
        };
        for file in files {
            let path = file.expect("a program").path();
            if path.extension().is_some_and(|extension| extension == "rs") {
                let name = path.with_extension("");
                let name = name.strip_prefix(root).expect("below the root");
                let name = name.to_string_lossy().replace('\\', "/");
                let read =
                    |path: &Path| fs::read_to_string(path).expect("a program and its message");
                programs.insert(name, (read(&path), read(&path.with_extension("stderr"))));
            }
        }
    }
    programs
}

#[test]
fn the_index_is_in_step_with_the_programs() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/errors.md");
    let programs = programs();
    let mut index = fs::read_to_string(&path).expect("docs/errors.md");
    if std::env::var("INDEX").is_ok_and(|value| value == "overwrite") {
        index = with_files(&refreshed(&index, &programs), file_of_the_repository);
        fs::write(&path, &index).expect("docs/errors.md");
    }
    let mistakes = mistakes(&index, &programs);
    assert!(
        mistakes.is_empty(),
        "`INDEX=overwrite cargo test -p ui-tests --test index` writes the messages anew\n{}",
        mistakes.join("\n")
    );
    let whole = with_files(&index, file_of_the_repository);
    assert!(
        index == whole,
        "a block after `Whole: ` is not its file: `INDEX=overwrite`"
    );
}

#[test]
fn whole_files_are_written_in() {
    let index = "Whole: `a`\n\n```text\nold\n```\nrest\n";
    let read = |name: &str| format!("{name} is\nnew\n\n");
    let new = "Whole: `a`\n\n```text\na is\nnew\n```\nrest\n";
    assert_eq!(with_files(index, read), new);
    assert_eq!(with_files(new, read), new);
}

/// A made-up index of two programs, in order.
const MADE_UP: &str = "# Errors

## Products

### P01: a sum
<a id=\"p01\"></a>

Program: `op/fail/a`

```rs
x + y
```

```text
error: no (docs/errors.md#p01)
 --> a.rs
```

What it means.

```rust
mended();
```

See also: `op/fail/b` (another sum).

## After

```text
not of an entry
```
";

fn made_up() -> Programs {
    let program = |source: &str, message: &str| (source.to_owned(), message.to_owned());
    Programs::from([
        (
            "op/fail/a".to_owned(),
            program(
                "fn main() {\n    x + y\n}\n",
                "error: no (docs/errors.md#p01)\n --> a.rs\n\nerror: more\n",
            ),
        ),
        (
            "op/fail/b".to_owned(),
            program(
                "fn main() {}\n",
                "error: b\n  = note: docs/errors.md#b01, #p01\n",
            ),
        ),
    ])
}

#[test]
fn an_index_in_order_passes() {
    assert_eq!(mistakes(MADE_UP, &made_up()), [] as [&str; 0]);
    assert_eq!(refreshed(MADE_UP, &made_up()), MADE_UP);
}

#[test]
fn each_mistake_in_an_index_is_found() {
    let cases = [
        (
            "P01: ",
            "",
            "`a sum`: the heading begins with a code, such as `P01: `",
        ),
        (
            "id=\"p01\"",
            "id=\"p02\"",
            "`P01: a sum`: no anchor <a id=\"p01\"></a>",
        ),
        (
            "Program: `",
            "`",
            "`P01: a sum`: a line `Program: ` names one program",
        ),
        (
            "error: no ",
            "error: yes ",
            "`P01: a sum`: the message is not the first error of `op/fail/a`",
        ),
        (
            "x + y",
            "x * y",
            "`P01: a sum`: the program is no part of `op/fail/a`",
        ),
        ("```rust", "```", "`P01: a sum`: no mended program"),
        (
            "`op/fail/b`",
            "`op/fail/c`",
            "no program `op/fail/c`: [\"P01: a sum\"]",
        ),
        (
            "`op/fail/b`",
            "`op/fail/a`",
            "`op/fail/a` is named more than once: [\"P01: a sum\", \"P01: a sum\"]",
        ),
        ("See also: ", "", "no entry names `op/fail/b`"),
        (
            "## After",
            "## To be described",
            "programs under `## To be described`",
        ),
        (
            "## After",
            "### P01: a sum",
            "the code `P01` is there twice",
        ),
    ];
    for (old, new, mistake) in cases {
        let index = MADE_UP.replacen(old, new, 1);
        assert_ne!(index, MADE_UP);
        let found = mistakes(&index, &made_up());
        assert!(found.iter().any(|m| m == mistake), "{mistake}\n{found:#?}");
    }
}

#[test]
fn a_message_points_to_its_entry() {
    let points_to = |message: &str| {
        let mut programs = made_up();
        let (_, old) = programs.get_mut("op/fail/b").expect("a program");
        *old = message.to_owned();
        mistakes(MADE_UP, &programs)
    };
    let other = "the message of `op/fail/b` points to [\"#p02\"], not to #p01";
    assert_eq!(points_to("error: b (docs/errors.md#p02)\n"), [other]);
    let none = "the message of `op/fail/b` points to [], not to #p01";
    for message in [
        "error: b\n",
        "error: b (docs/errors.md)\n",
        "error[E0277]: b\n",
    ] {
        assert_eq!(points_to(message), [none]);
    }
    for message in [
        "error[E0308]: mismatched types\n",
        "error[E0277]: b\n | ^ no; docs/errors.md#b01, #p01, #x02\n",
    ] {
        assert_eq!(points_to(message), [] as [&str; 0]);
    }
}

#[test]
fn a_refresh_writes_messages_and_new_programs() {
    let mut programs = made_up();
    let old = MADE_UP.replacen("error: no ", "error: old ", 1);
    assert_eq!(refreshed(&old, &programs), MADE_UP);
    programs.insert(
        "op/fail/new".to_owned(),
        ("new();\n".to_owned(), "error: new\n".to_owned()),
    );
    let new = refreshed(MADE_UP, &programs);
    assert!(new.starts_with(MADE_UP) && new.contains("error: new"));
    assert_eq!(refreshed(&new, &programs), new);
    // Refused, until there is an entry for it.
    let expected = [
        "no entry names `op/fail/new`",
        "programs under `## To be described`",
    ];
    assert_eq!(mistakes(&new, &programs), expected);
}
