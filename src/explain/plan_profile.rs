//! The profile of a plan, as a table and as a trace.

use super::plan_steps::kind;
use super::table::{Align, Table};
use super::text;
use crate::run::plan::{Profile, Timed};
use core::fmt;
use core::time::Duration;

/// So many letters of the names of a step are shown: an update of parameters has those of all its nodes.
const WIDEST: usize = 60;

/// A time in microseconds.
fn micros(time: Duration) -> f64 {
    time.as_secs_f64() * 1e6
}

/// A table with a line for each step, and the totals.
impl fmt::Display for Profile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut table = Table::new([
            ("step", Align::Right),
            ("nodes", Align::Left),
            ("what", Align::Left),
            ("times", Align::Right),
            ("µs", Align::Right),
            ("share", Align::Right),
            ("bytes", Align::Right),
            ("operations", Align::Right),
            ("GB/s", Align::Right),
            ("GFLOP/s", Align::Right),
            ("of limit", Align::Right),
        ]);
        for timed in &self.steps {
            let Timed { step, depth, .. } = timed;
            table.push([
                step.number.to_string(),
                text::cut(&text::printable(&step.title()), WIDEST),
                format!("{}{}", "  ".repeat(*depth), kind(step)),
                text::grouped(timed.times),
                format!("{:.2}", micros(timed.time)),
                percent(self.share(timed.time)),
                text::grouped(timed.bytes),
                text::grouped(timed.operations),
                format!("{:.1}", timed.gigabytes()),
                format!("{:.1}", timed.gigaflops()),
                percent(timed.of_limit(&self.limits)),
            ]);
        }
        write!(f, "{table}")?;
        writeln!(f, "{}", table.rule())?;
        let runs = text::count(self.runs as u64, "run");
        write!(
            f,
            "{:.2} µs, the mean of {runs}; one thread of this machine: {:.1} GFLOP/s of a product, {:.1} GB/s of a sum",
            micros(self.time),
            self.limits.operations / 1e9,
            self.limits.bytes / 1e9,
        )
    }
}

fn percent(part: f64) -> String {
    format!("{:.0}%", 100.0 * part)
}

impl Profile {
    /// The last run as a trace in the [format of Chrome](https://docs.google.com/document/d/1CvAClvFfyA5R-PhYUmn5OOQtYMH4h6I0nSsKchNAySU),
    /// which <https://ui.perfetto.dev> and `chrome://tracing` open: an event for each step, inside of that of its loop.
    ///
    /// ```
    /// use cotangent::prelude::*;
    /// let mut plan = graph!(|x: [2, 3], w: [3, 4]| sum(relu(matmul(x, w)))).plan();
    /// let profile = plan.profile(10, (&Tensor::<f32, _>::ones(), &Tensor::ones()), ());
    /// let trace = profile.to_trace();
    /// assert!(trace.starts_with("{\"displayTimeUnit\":\"ns\",\"traceEvents\":["));
    /// assert_eq!(trace.matches("\"ph\":\"X\"").count(), profile.steps.len());
    /// ```
    pub fn to_trace(&self) -> String {
        let events = self.last.iter().filter_map(|event| {
            let Timed { step, .. } = self.steps.get(event.step)?;
            let lines: Vec<String> = step.origins.iter().map(|origin| json(&origin.to_string())).collect();
            Some(format!(
                "{{\"name\":{},\"cat\":{},\"ph\":\"X\",\"ts\":{:.3},\"dur\":{:.3},\"pid\":1,\"tid\":1,\"args\":{{\"step\":{},\"nodes\":[{}],\"bytes\":{},\"operations\":{}}}}}",
                json(&step.title()),
                json(step.what()),
                micros(event.start),
                micros(event.time),
                step.number,
                lines.join(","),
                step.bytes,
                step.operations,
            ))
        });
        let events: Vec<String> = events.collect();
        format!(
            "{{\"displayTimeUnit\":\"ns\",\"traceEvents\":[{}]}}\n",
            events.join(",\n")
        )
    }
}

/// A string of JSON, with its quotes.
fn json(text: &str) -> String {
    let mut out = String::from('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            c if c.is_control() => out.push_str(&format!("\\u{:04x}", u32::from(c))),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}
