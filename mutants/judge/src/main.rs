//! Prints a line for each law that does not hold, its name and a place with a tab between, and at last how many checks
//! were run. Of laws that are named it is enough that one does not hold.

#![forbid(unsafe_code)]

fn main() {
    // A panic is a finding of the check that it ends.
    std::panic::set_hook(Box::new(|_| {}));
    let judge = mutants_judge::judge(std::env::args().skip(1).collect());
    for finding in judge.findings() {
        // The two sides of an equation between terms can be long.
        let place = finding.place.split_whitespace().collect::<Vec<_>>();
        let place: String = place.join(" ").chars().take(400).collect();
        println!("{}\t{place}", finding.law);
    }
    println!("checks\t{}", judge.checks());
}
