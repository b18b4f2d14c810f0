//! What a person sees while it runs.

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::io::{IsTerminal, Write, stderr};

/// A bar in a terminal; in a pipe or a file a line for each epoch, without control characters.
#[derive(Debug)]
pub(super) struct Progress {
    bar: Option<ProgressBar>,
}

impl Progress {
    /// Of a training of so many steps; a silent one shows nothing.
    pub fn new(steps: usize, is_silent: bool) -> Progress {
        let is_shown = !is_silent && stderr().is_terminal();
        let bar = is_shown.then(|| {
            let target = ProgressDrawTarget::stderr_with_hz(10);
            let bar = ProgressBar::with_draw_target(Some(steps as u64), target);
            let style = ProgressStyle::with_template(
                "{elapsed_precise} {wide_bar:.cyan/blue} {pos}/{len} {per_sec} {eta} {msg}",
            );
            // The template is ours.
            bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
            bar
        });
        Progress { bar }
    }

    /// Where it is.
    pub fn at(&self, step: usize, message: impl FnOnce() -> String) {
        if let Some(bar) = &self.bar {
            bar.set_position(step as u64);
            bar.set_message(message());
        }
    }

    /// A line that stays.
    pub fn line(&self, text: &str, is_silent: bool) {
        match &self.bar {
            Some(bar) => bar.println(text),
            None if is_silent => {}
            // A reader that is gone is no reason to stop.
            None => drop(writeln!(stderr(), "{text}")),
        }
    }

    /// Takes the bar away.
    pub fn finish(&self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}
