//! What the measuring programs share: timing, spread, memory, and the line that says where it was measured.

pub mod campaign;
pub mod folder;
pub mod http;
pub mod servers;

use std::process::Command;
use std::time::{Duration, Instant};

/// How long something took, over some runs.
#[derive(Clone, Debug)]
pub struct Spread {
    /// In order.
    sorted: Vec<Duration>,
    /// Time the processor spent on all of them, where it was measured.
    processor: Option<Duration>,
}

impl Spread {
    /// The spread of measured times. Panics without any.
    pub fn new(mut times: Vec<Duration>) -> Spread {
        assert!(!times.is_empty(), "nothing was measured");
        times.sort_unstable();
        Spread {
            sorted: times,
            processor: None,
        }
    }

    /// Number of runs.
    pub fn runs(&self) -> usize {
        self.sorted.len()
    }

    /// The time that so many of 1,000 runs took at most.
    pub fn per_mille(&self, part: usize) -> Duration {
        self.sorted[((self.sorted.len() * part).div_ceil(1000)).saturating_sub(1)]
    }

    /// The middle of the runs.
    pub fn median(&self) -> Duration {
        self.per_mille(500)
    }

    /// The time that 99 of 100 runs took at most.
    pub fn p99(&self) -> Duration {
        self.per_mille(990)
    }

    /// Time that the processor spent on a run, on average: what remains when others use the machine too.
    pub fn processor(&self) -> Option<Duration> {
        Some(self.processor? / self.sorted.len() as u32)
    }

    /// The shortest run.
    pub fn min(&self) -> Duration {
        self.sorted[0]
    }

    /// The longest run.
    pub fn max(&self) -> Duration {
        self.sorted[self.sorted.len() - 1]
    }
}

/// Times each of so many runs; the run's number is handed in.
pub fn measure(runs: usize, mut run: impl FnMut(usize)) -> Spread {
    let time = |number| {
        let start = Instant::now();
        run(number);
        start.elapsed()
    };
    let before = processor_time();
    let times = (0..runs).map(time).collect();
    let after = processor_time();
    let mut spread = Spread::new(times);
    spread.processor = before
        .zip(after)
        .map(|(before, after)| after.saturating_sub(before));
    spread
}

/// Times runs over work that comes in parts, each prepared before and outside of its timing: run `n` takes what all parts took
/// in their turn `n`.
pub fn measure_parts<P>(
    runs: usize,
    parts: usize,
    mut prepare: impl FnMut(usize) -> P,
    mut run: impl FnMut(usize, &P),
) -> Spread {
    let mut times = vec![Duration::ZERO; runs];
    let mut processor = Some(Duration::ZERO);
    for number in 0..parts {
        let part = prepare(number);
        let before = processor_time();
        for time in &mut times {
            let start = Instant::now();
            run(number, &part);
            *time += start.elapsed();
        }
        let spent = before.zip(processor_time());
        processor = processor
            .zip(spent)
            .map(|(sum, (before, after))| sum + after.saturating_sub(before));
    }
    let mut spread = Spread::new(times);
    spread.processor = processor;
    spread
}

/// Time this thread has spent on a processor; none where the system does not say.
fn processor_time() -> Option<Duration> {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    let nanos = text.split_whitespace().next()?.parse().ok()?;
    Some(Duration::from_nanos(nanos))
}

/// A duration in the unit that suits it: "7.4 µs", "12.3 ms", "1.90 s".
pub fn shown(time: Duration) -> String {
    let nanos = time.as_nanos() as f64;
    match time.as_nanos() {
        0..1_000 => format!("{nanos} ns"),
        1_000..1_000_000 => format!("{:.1} µs", nanos / 1e3),
        1_000_000..1_000_000_000 => format!("{:.1} ms", nanos / 1e6),
        _ => format!("{:.2} s", nanos / 1e9),
    }
}

/// The head of the table of results.
pub fn print_head() {
    println!("| what | median | p99 | min – max | processor time | runs |");
    println!("| --- | --- | --- | --- | --- | --- |");
}

/// One row of the table of results.
pub fn print_row(what: &str, spread: &Spread) {
    let p99 = match spread.runs() {
        0..100 => String::new(),
        _ => shown(spread.p99()),
    };
    println!(
        "| {what} | {} | {p99} | {} – {} | {} | {} |",
        shown(spread.median()),
        shown(spread.min()),
        shown(spread.max()),
        spread.processor().map(shown).unwrap_or_default(),
        spread.runs()
    );
}

/// One row that is no time.
pub fn print_note(what: &str, value: &str) {
    println!("| {what} | {value} | | | | |");
}

/// Processor, cores, system and commit, in one line.
pub fn machine_line() -> String {
    let text = std::fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let of = |key: &str| {
        let line = text.lines().find(|line| line.starts_with(key));
        line.and_then(|line| line.split(':').nth(1))
            .map_or("unknown", str::trim)
            .to_owned()
    };
    let cores = std::thread::available_parallelism().map_or(0, usize::from);
    let kernel = std::fs::read_to_string("/proc/sys/kernel/osrelease").unwrap_or_default();
    let revision = Command::new("git")
        .args(["rev-parse", "--short", "HEAD"])
        .output();
    let commit = revision
        .ok()
        .and_then(|output| String::from_utf8(output.stdout).ok())
        .unwrap_or_default();
    format!(
        "{} (family {}, model {}), {cores} cores, Linux {}; commit {}",
        of("model name"),
        of("cpu family"),
        of("model"),
        kernel.trim(),
        commit.trim()
    )
}

/// How busy the machine is: processes waiting or running, over the last minute; empty where the system does not say.
pub fn load_average() -> String {
    let text = std::fs::read_to_string("/proc/loadavg").unwrap_or_default();
    text.split(' ').next().unwrap_or_default().to_owned()
}

/// Resident memory of this process in bytes; 0 where the system does not say.
pub fn resident_bytes() -> u64 {
    memory_bytes("self", "VmRSS:").unwrap_or(0)
}

/// The most memory this process has held at once, in bytes; 0 where the system does not say.
pub fn peak_bytes() -> u64 {
    memory_bytes("self", "VmHWM:").unwrap_or(0)
}

/// What the kernel says of a process's memory: `VmRSS:` now, `VmHWM:` at most so far.
pub(crate) fn memory_bytes(process: &str, field: &str) -> Option<u64> {
    let text = std::fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = text.lines().find_map(|line| line.strip_prefix(field))?;
    let kilobytes: u64 = line.trim().trim_end_matches(" kB").parse().ok()?;
    Some(kilobytes * 1024)
}

/// Numbers that look random and are the same in every run.
#[derive(Clone, Debug)]
pub struct Dice(u64);

impl Dice {
    /// Dice that follow from a seed.
    pub fn new(seed: u64) -> Dice {
        Dice(seed)
    }

    /// A number below the limit.
    pub fn below(&mut self, limit: usize) -> usize {
        // SplitMix64.
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((mixed ^ (mixed >> 31)) % limit as u64) as usize
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_run_over_parts_is_all_of_them() {
        let mut seen = Vec::new();
        let spread = measure_parts(2, 3, |part| part * 10, |at, part| seen.push((at, *part)));
        assert_eq!(spread.runs(), 2);
        assert_eq!(seen, [(0, 0), (0, 0), (1, 10), (1, 10), (2, 20), (2, 20)]);
    }

    #[test]
    fn median_and_tail_are_of_the_sorted_times() {
        let times: Vec<Duration> = (1..=100).rev().map(Duration::from_millis).collect();
        let spread = Spread::new(times);
        let millis = [spread.min(), spread.median(), spread.p99(), spread.max()]
            .map(|time| time.as_millis());
        assert_eq!(millis, [1, 50, 99, 100]);
    }
}
