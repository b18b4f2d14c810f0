//! The page for those who come from another library: its figures are counted, and its messages are those of the compiler.

use std::fs;
use std::path::Path;

const LIBRARIES: [&str; 4] = ["PyTorch", "JAX", "dfdx", "cotangent"];

fn read(path: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The sections of the page that have a number, each from its title on.
fn sections(page: &str) -> impl Iterator<Item = &str> {
    let sections = page.split("\n## ").skip(1);
    sections.filter(|section| section.starts_with(|c: char| c.is_ascii_digit()))
}

/// The program of a library in a section: the block after its name.
fn program<'a>(section: &'a str, library: &str) -> Option<&'a str> {
    let (_, rest) = section.split_once(&format!("\n**{library}**"))?;
    let (_, rest) = rest.split_once("\n```")?;
    let (_, code) = rest.split_once('\n')?;
    Some(code.split("\n```").next().unwrap_or_default())
}

/// Lines of code, without blank lines, comments, imports, and what rustdoc hides: those that are more than closing brackets,
/// and all.
fn lines(code: &str) -> [usize; 2] {
    let not_counted = ["//", "# ", "import ", "from ", "use "];
    let counts =
        |line: &&str| !line.is_empty() && !not_counted.iter().any(|start| line.starts_with(start));
    let all = code.lines().map(str::trim).filter(counts);
    let is_closing = |line: &&str| line.chars().all(|c| ")]};,".contains(c));
    let closing = all.clone().filter(is_closing).count();
    [all.clone().count() - closing, all.count()]
}

fn row(title: &str, counts: [usize; 4]) -> String {
    let [a, b, c, d] = counts;
    format!("| {title} | {a} | {b} | {c} | {d} |\n")
}

#[test]
fn the_table_has_the_lines_of_the_programs() {
    let page = read("docs/coming-from.md");
    let mut table = String::new();
    let mut sums = [[0; 4]; 2];
    for section in sections(&page) {
        let title = section.lines().next().unwrap_or_default();
        let counts = LIBRARIES.map(|library| {
            let program = program(section, library);
            lines(program.unwrap_or_else(|| panic!("{title}: {library}")))
        });
        table += &row(title, counts.map(|[counted, _]| counted));
        for (i, sum) in sums.iter_mut().enumerate() {
            *sum = std::array::from_fn(|library| sum[library] + counts[library][i]);
        }
    }
    table += &row("all", sums[0]);
    table += &row("all, with closing brackets", sums[1]);
    assert_eq!(sections(&page).count(), 10);
    assert!(
        page.contains(&table),
        "the table of the page should be\n{table}"
    );
}

/// The programs of `ui-tests/coming/fail/` are those of the page, each with its mistake.
#[test]
fn the_messages_are_those_of_the_compiler() {
    let page = read("docs/coming-from.md");
    let mut known = 0;
    for section in sections(&page) {
        let Some((_, rest)) = section.split_once("`ui-tests/coming/fail/") else {
            continue;
        };
        let name = rest.split(".rs`").next().unwrap_or_default();
        known += 1;
        let message = read(&format!("ui-tests/coming/fail/{name}.stderr"));
        assert!(
            section.contains(&format!("```text\n{message}```")),
            "{name}: on the page is another message"
        );

        let ours = program(section, "cotangent").unwrap_or_default();
        let ours: Vec<_> = ours.lines().map(str::trim).collect();
        let wrong = read(&format!("ui-tests/coming/fail/{name}.rs"));
        let others = wrong
            .lines()
            .map(str::trim)
            .filter(|line| !ours.contains(line) && !["fn main() {", "}"].contains(line));
        // The mistake, and what builds the graph.
        assert!(
            others.clone().count() <= 2,
            "{name}: {:?}",
            others.collect::<Vec<_>>()
        );
    }
    assert_eq!(known, 9);
}
