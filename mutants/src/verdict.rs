//! What is said of a mutant.

use crate::mutant::Mutant;
use crate::scratch::Judged;
use core::fmt;

/// What is said of a mutant.
pub enum Verdict {
    /// A law that it names does not hold.
    Caught {
        /// The law.
        law: String,
        /// Where.
        place: String,
        /// The other laws that do not hold.
        also: Vec<String>,
    },
    /// Other laws do not hold, and none of those that it names.
    ByAnother(Vec<(String, String)>),
    /// All laws hold.
    Survived,
    /// It does not compile, or the judge did not end as it should.
    Broken(String),
}

impl Verdict {
    /// By what the judge has found.
    pub fn of(mutant: &Mutant, judged: Judged) -> Self {
        let findings = match judged {
            Judged::Findings(findings) => findings,
            Judged::NotBuilt(why) => return Verdict::Broken(format!("does not compile: {why}")),
            Judged::Crashed(why) => return Verdict::Broken(format!("the judge crashed: {why}")),
            Judged::TimedOut => return Verdict::Broken("the judge does not end".to_owned()),
        };
        let mut named = mutant.laws.iter();
        let at = named.find_map(|law| findings.iter().position(|(found, _)| found == law));
        match at {
            Some(at) => {
                let mut findings = findings;
                let (law, place) = findings.remove(at);
                let also = findings.into_iter().map(|(law, _)| law).collect();
                Verdict::Caught { law, place, also }
            }
            None if findings.is_empty() => Verdict::Survived,
            None => Verdict::ByAnother(findings),
        }
    }

    /// Whether it is what must be said.
    pub fn is_caught(&self) -> bool {
        matches!(self, Verdict::Caught { .. })
    }
}

/// The law and the place, as two cells of a table.
impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names = |laws: &[String]| {
            laws.iter()
                .map(|law| format!("`{law}`"))
                .collect::<Vec<_>>()
        };
        match self {
            Verdict::Caught { law, place, also } => {
                write!(f, "`{law}`")?;
                if !also.is_empty() {
                    write!(f, "; also {}", names(also).join(", "))?;
                }
                write!(f, " | {}", cell(place))
            }
            Verdict::ByAnother(findings) => {
                let laws: Vec<String> = findings.iter().map(|(law, _)| law.clone()).collect();
                let place = findings.first().map_or("", |(_, place)| place);
                write!(
                    f,
                    "none that speaks of it; only {} | {}",
                    names(&laws).join(", "),
                    cell(place)
                )
            }
            Verdict::Survived => write!(f, "none |"),
            Verdict::Broken(why) => write!(f, "none | {}", cell(why)),
        }
    }
}

/// A text as a cell of a table: short, on one line.
fn cell(text: &str) -> String {
    const MOST: usize = 160;
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let short: String = line.chars().take(MOST).collect();
    let rest = if line.chars().count() > MOST {
        "…"
    } else {
        ""
    };
    format!("{}{rest}", short.replace('|', "\\|"))
}
