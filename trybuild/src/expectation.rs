//! What a program says of its own mistake, and whether a message says it.

/// What begins the sentence, at the end of the line of the mistake.
const MARK: &str = "//~";

/// A wrong program: the line of its mistake, and the sentence.
///
/// ```
/// use cotangent_trybuild::{Mistake, Program};
/// let program = Program::of("fn main() {\n    matmul(x, w) //~ cannot multiply\n}\n")?;
/// let message = "error[E0277]: cannot multiply `(N<2>,)` by `(N<3>,)`\n --> tests/wrong/a.rs:2:5\n";
/// assert_eq!(program.hold(message), Ok(()));
/// let other = "error[E0425]: cannot find function `matmul` in this scope\n --> tests/wrong/a.rs:2:5\n";
/// assert!(matches!(program.hold(other), Err(Mistake::Sentence { .. })));
/// # Ok::<(), Mistake>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Program {
    /// Counted from 1.
    pub line: usize,
    /// A part of what rustc says.
    pub sentence: String,
}

/// Why a program does not do as a test.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Mistake {
    /// There is not one sentence.
    #[error("it has {0} lines with `//~` and a sentence: expected one, at the line of the mistake")]
    Marks(usize),
    /// The message has no error.
    #[error("its message has no error")]
    NoError,
    /// The first error is at another line.
    #[error("expected the first error at line {expected}, got it at line {}:\n{error}", .got.map_or("?".to_owned(), |line| line.to_string()))]
    Line {
        /// That of the sentence.
        expected: usize,
        /// That of the error, if it says one.
        got: Option<usize>,
        /// The error.
        error: String,
    },
    /// The first error says something else.
    #[error("the first error does not say: {expected}\n{error}")]
    Sentence {
        /// The sentence.
        expected: String,
        /// The error.
        error: String,
    },
}

impl Program {
    /// Reads the text of a program.
    ///
    /// # Errors
    ///
    /// [`Mistake::Marks`], if it has no sentence, or several.
    pub fn of(source: &str) -> Result<Self, Mistake> {
        let marked = source.lines().enumerate().filter_map(|(i, line)| {
            let (_, sentence) = line.split_once(MARK)?;
            let sentence = sentence.trim().to_owned();
            let line = i + 1;
            (!sentence.is_empty()).then_some(Program { line, sentence })
        });
        let mut marked: Vec<Program> = marked.collect();
        match (marked.pop(), marked.len()) {
            (Some(program), 0) => Ok(program),
            (last, more) => Err(Mistake::Marks(more + usize::from(last.is_some()))),
        }
    }

    /// Whether the first error of a message is the one that is meant. Where rustc breaks a sentence or aligns it, any space
    /// is as good as another.
    ///
    /// # Errors
    ///
    /// What it is instead.
    pub fn hold(&self, message: &str) -> Result<(), Mistake> {
        let error = first_error(message).ok_or(Mistake::NoError)?;
        let got = line_of(&error);
        if got != Some(self.line) {
            let expected = self.line;
            return Err(Mistake::Line {
                expected,
                got,
                error,
            });
        }
        // rustc quotes the line, and with it the sentence: that is not what it says.
        let said: Vec<&str> = error.lines().filter(|line| !line.contains(MARK)).collect();
        match spaced(&said.join("\n")).contains(&spaced(&self.sentence)) {
            true => Ok(()),
            false => Err(Mistake::Sentence {
                expected: self.sentence.clone(),
                error,
            }),
        }
    }
}

/// From the first line that begins with `error` to the next error or warning.
fn first_error(message: &str) -> Option<String> {
    let begins = |line: &&str| line.starts_with("error") || line.starts_with("warning");
    let mut lines = message
        .lines()
        .skip_while(|line| !line.starts_with("error"));
    let first = lines.next()?;
    let rest = lines.take_while(|line| !begins(line));
    let error: Vec<&str> = std::iter::once(first).chain(rest).collect();
    Some(error.join("\n").trim_end().to_owned())
}

/// The line of `--> tests/wrong/a.rs:5:9`.
fn line_of(error: &str) -> Option<usize> {
    let place = error
        .lines()
        .find_map(|line| line.trim_start().strip_prefix("--> "))?;
    let mut parts = place.rsplit(':');
    let (_column, line) = (parts.next()?, parts.next()?);
    line.parse().ok()
}

/// With one space for each run of them. The bars at the margin are no words.
fn spaced(text: &str) -> String {
    let words = text.split_whitespace().filter(|word| *word != "|");
    words.collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    const MESSAGE: &str = "error[E0277]: cannot multiply `(N<2>, N<4>)` by `(N<5>, N<3>)`
 --> tests/wrong/a.rs:5:9
  |
5 |         matmul(x, w)
  |         ^^^^^^ the inner dims must be equal
  |
  = note: docs/errors.md#p01

error: something else
 --> tests/wrong/a.rs:9:1
";

    fn program(line: usize, sentence: &str) -> Program {
        let sentence = sentence.to_owned();
        Program { line, sentence }
    }

    #[test]
    fn a_sentence_is_read_with_its_line() {
        let source = "// ~ no\nfn main() {\n    f(); //~  expected `3`,  found `4`  \n}\n";
        assert_eq!(
            Program::of(source),
            Ok(program(3, "expected `3`,  found `4`"))
        );
        assert_eq!(Program::of("fn main() {}\n"), Err(Mistake::Marks(0)));
        assert_eq!(Program::of("f() //~\n"), Err(Mistake::Marks(0)));
        assert_eq!(
            Program::of("f() //~ a\ng() //~ b\n"),
            Err(Mistake::Marks(2))
        );
    }

    #[test]
    fn the_headline_and_the_label_and_a_note_are_sentences() {
        for sentence in [
            "cannot multiply `(N<2>, N<4>)` by `(N<5>, N<3>)`",
            "the inner dims must be equal",
            "docs/errors.md#p01",
            "the  inner dims",
        ] {
            assert_eq!(program(5, sentence).hold(MESSAGE), Ok(()), "{sentence}");
        }
    }

    #[test]
    fn another_error_is_refused() {
        // The sentence of the second error, another line, and no error.
        let said = program(5, "something else").hold(MESSAGE).unwrap_err();
        assert!(
            said.to_string()
                .starts_with("the first error does not say: something else\nerror[E0277]: cannot")
                && said.to_string().ends_with("docs/errors.md#p01"),
            "{said}"
        );
        let said = program(4, "cannot multiply").hold(MESSAGE).unwrap_err();
        assert!(
            said.to_string()
                .starts_with("expected the first error at line 4, got it at line 5:\n"),
            "{said}"
        );
        let warning = "warning: unused\n --> a.rs:5:1\n";
        assert_eq!(program(5, "unused").hold(warning), Err(Mistake::NoError));
        let nowhere = program(5, "aborting")
            .hold("error: aborting\n")
            .unwrap_err();
        assert!(
            nowhere.to_string().contains("got it at line ?"),
            "{nowhere}"
        );
    }

    /// rustc quotes the program, its comments too.
    #[test]
    fn a_sentence_that_is_only_quoted_is_not_said() {
        let quoted = MESSAGE.replace("matmul(x, w)", "matmul(x, w) //~ cannot add");
        let said = program(5, "cannot add").hold(&quoted);
        assert!(matches!(said, Err(Mistake::Sentence { .. })), "{said:?}");
        assert_eq!(program(5, "cannot multiply").hold(&quoted), Ok(()));
    }

    /// A warning before it does not hide an error.
    #[test]
    fn warnings_are_passed_over() {
        let message = format!("warning: unused\n --> tests/wrong/a.rs:1:1\n\n{MESSAGE}");
        assert_eq!(program(5, "cannot multiply").hold(&message), Ok(()));
    }
}
