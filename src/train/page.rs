//! The report of a training.

use super::log::Record;
use super::metrics::Confusion;
use super::report::Report;
use super::training::Settings;
use crate::explain::Profile;

/// What was measured, the confusion, the time, and the graph.
pub(super) fn page(
    settings: &Settings,
    log: &[Record],
    confusion: Option<&Confusion>,
    profile: Option<Profile>,
) -> String {
    let title = settings.title.as_deref().unwrap_or("A training");
    let mut report = Report::new(title).records(log);
    if let Some(confusion) = confusion {
        let names: Vec<&str> = settings.classes.iter().map(String::as_str).collect();
        report = report.confusion(confusion, &names);
    }
    report = report.table("Time", &time(log));
    if let Some(profile) = profile {
        report = report.table("Where the time of a step goes", &profile.to_string());
    }
    if let Some([summary, drawing]) = &settings.graph {
        report = report
            .table("The graph", summary)
            .drawing("Its drawing", drawing);
    }
    report.to_html()
}

/// How long it took, with what it did beside its steps.
fn time(log: &[Record]) -> String {
    let Some(last) = log.last().filter(|last| last.seconds > 0.0) else {
        return "nothing was logged".to_owned();
    };
    let (seconds, epochs, steps) = (last.seconds, last.epoch, last.step);
    let (each, rate) = (seconds / epochs.max(1) as f64, steps as f64 / seconds);
    format!("{seconds:.1} s for {epochs} epochs of {each:.2} s; {steps} steps, {rate:.1} a second")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_time_of_a_training() {
        let record = Record {
            step: 300,
            epoch: 3,
            seconds: 12.0,
            ..Record::default()
        };
        let said = "12.0 s for 3 epochs of 4.00 s; 300 steps, 25.0 a second";
        assert_eq!(time(&[Record::default(), record]), said);
        assert_eq!(time(&[]), "nothing was logged");
    }
}
