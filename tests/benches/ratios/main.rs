//! `cargo bench`: what the project promises of speed, as ratios in one run.
//!
//! A ratio needs both sides measured in turn on the same machine in the same minute, so this is no use of a bench
//! framework's separate runs: each pair alternates, and the medians are divided.

#![expect(clippy::print_stdout, reason = "the ratios are what it is for")]

mod building;
mod decode;
mod generation;
mod hand_written;
mod twin;

use std::fmt;
use std::time::{Duration, Instant};

fn main() {
    // `cargo test --benches` and `cargo bench NAME` pass arguments; a name selects the pairs that contain it.
    let wanted: Vec<String> = std::env::args().skip(1).filter(|argument| !argument.starts_with('-')).collect();
    let selected = |name: &str| wanted.is_empty() || wanted.iter().any(|part| name.contains(part.as_str()));
    println!("{:<58} {:>12} {:>12} {:>7} {:>7}", "ours against", "ours", "theirs", "ratio", "bar");
    let job = generation::job();
    for pair in decode::pairs().into_iter().chain(generation::pairs(&job)) {
        if selected(pair.name) {
            pair.run();
        }
    }
    if selected(building::NAME) {
        building::run(&generation::generate(&job));
    }
}

/// Two ways to do one thing.
pub struct Pair<'j> {
    name: &'static str,
    /// The ratio that is promised.
    bar: f64,
    rounds: usize,
    ours: Box<dyn FnMut() + 'j>,
    theirs: Box<dyn FnMut() + 'j>,
}

impl Pair<'_> {
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

/// What is measured: time or memory.
trait Measure: fmt::Debug {
    fn as_number(&self) -> f64;
}

impl Measure for Duration {
    fn as_number(&self) -> f64 {
        self.as_secs_f64()
    }
}

/// Memory.
pub struct Mebibytes(f64);

impl Measure for Mebibytes {
    fn as_number(&self) -> f64 {
        self.0
    }
}

impl fmt::Debug for Mebibytes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = format!("{:.1}MiB", self.0);
        write!(f, "{text:>0$}", f.width().unwrap_or_default())
    }
}

fn report<M: Measure>(name: &str, ours: M, theirs: M, bar: f64) {
    let ratio = ours.as_number() / theirs.as_number();
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
