//! `cargo bench`: what the project promises of speed, as ratios in one run.
//!
//! A ratio needs both sides measured in turn on the same machine in the same minute, so this is no use of a bench
//! framework's separate runs: each pair alternates, and the medians are divided.

#![expect(clippy::print_stdout, reason = "the ratios are what it is for")]

mod decode;
mod generation;
mod hand_written;

use std::time::{Duration, Instant};

fn main() {
    // `cargo test --benches` and `cargo bench NAME` pass arguments; a name selects the pairs that contain it.
    let wanted: Vec<String> = std::env::args().skip(1).filter(|argument| !argument.starts_with('-')).collect();
    let selected = |name: &str| wanted.is_empty() || wanted.iter().any(|part| name.contains(part.as_str()));
    println!("{:<58} {:>12} {:>12} {:>7} {:>7}", "ours against", "ours", "theirs", "ratio", "bar");
    for pair in decode::pairs().into_iter().chain(generation::pairs()) {
        if selected(pair.name) {
            pair.run();
        }
    }
}

/// Two ways to do one thing.
pub struct Pair {
    name: &'static str,
    /// The ratio that is promised.
    bar: f64,
    rounds: usize,
    ours: Box<dyn FnMut()>,
    theirs: Box<dyn FnMut()>,
}

impl Pair {
    fn run(mut self) {
        (self.ours)();
        (self.theirs)();
        let (mut ours, mut theirs) = (Vec::new(), Vec::new());
        for _ in 0..self.rounds {
            ours.push(time(&mut self.ours));
            theirs.push(time(&mut self.theirs));
        }
        report(self.name, median(ours), median(theirs), self.bar);
    }
}

fn report(name: &str, ours: Duration, theirs: Duration, bar: f64) {
    let ratio = ours.as_secs_f64() / theirs.as_secs_f64();
    println!("{name:<58} {ours:>12.2?} {theirs:>12.2?} {ratio:>7.2} {bar:>7.2}");
}

fn time(work: &mut dyn FnMut()) -> Duration {
    let start = Instant::now();
    work();
    start.elapsed()
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort();
    times[times.len() / 2]
}
