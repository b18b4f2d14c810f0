//! Names and numbers for people, and their escapes.

/// A name on one line: what is no character of a text is replaced. XML has no place for it either.
pub(super) fn printable(name: &str) -> String {
    let replaced = |c: char| c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}');
    let shown = |c| if replaced(c) { '\u{fffd}' } else { c };
    name.chars().map(shown).collect()
}

/// A line of at most so many letters.
pub(super) fn cut(line: &str, letters: usize) -> String {
    match line.chars().count() > letters {
        true => line.chars().take(letters - 1).chain(['…']).collect(),
        false => line.to_owned(),
    }
}

/// A number in groups of three digits.
pub(super) fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut grouped = String::new();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

/// `1 node`, `2 nodes`.
pub(super) fn count(number: u64, what: &str) -> String {
    let ending = if number == 1 { "" } else { "s" };
    format!("{} {what}{ending}", grouped(number))
}

/// A string of Graphviz, with its quotes. Backslashes begin escapes there.
pub(super) fn quoted(text: &str) -> String {
    let lines: Vec<_> = text.split('\n').map(printable).collect();
    let escaped = lines.join("\n").replace('\\', r"\\").replace('"', "\\\"");
    format!("\"{}\"", escaped.replace('\n', "\\n"))
}

/// A text in XML.
pub(super) fn xml(text: &str) -> String {
    let text = printable(text).replace('&', "&amp;").replace('<', "&lt;");
    text.replace('>', "&gt;").replace('"', "&quot;")
}
