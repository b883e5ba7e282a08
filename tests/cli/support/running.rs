//! Runs in progress: several at once, with a signal, or without a reader.

use std::process::{Child, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;

use super::{Db, Outcome, Run};

/// A run that continues while the test does something else. It is killed if the test ends first.
pub struct Running {
    child: Option<Child>,
}

impl Run {
    /// Starts it without standard input.
    pub fn start(mut self) -> Running {
        self.command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        Running { child: Some(self.command.spawn().unwrap()) }
    }

    /// Runs it with a pipe without a reader as standard output.
    pub fn unread(mut self) -> Outcome {
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        self.command.stdin(Stdio::null()).stderr(Stdio::piped());
        let output = self.command.stdout(writer).output().unwrap();
        Outcome::of("without a reader".to_owned(), &output)
    }
}

impl Running {
    pub fn pid(&self) -> u32 {
        self.child.as_ref().unwrap().id()
    }

    pub fn signal(&self, signal: Signal) {
        let pid = self.child.as_ref().unwrap().id();
        kill(Pid::from_raw(pid.cast_signed()), signal).unwrap();
    }

    pub fn has_ended(&mut self) -> bool {
        self.child.as_mut().unwrap().try_wait().unwrap().is_some()
    }

    /// Waits until it ends, and expects this exit code.
    #[track_caller]
    pub fn ends_with(self, code: i32) -> Outcome {
        let outcome = self.ends();
        assert_eq!(outcome.code, code, "{outcome:#?}");
        outcome
    }

    /// Waits until it ends, and accepts any exit code.
    pub fn ends(mut self) -> Outcome {
        let output = self.child.take().unwrap().wait_with_output().unwrap();
        Outcome::of("started before".to_owned(), &output)
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        if let Some(child) = &mut self.child {
            _ = child.kill();
            _ = child.wait();
        }
    }
}

impl Db {
    /// Waits until this SQL condition is true.
    #[track_caller]
    pub fn wait_until(&self, condition: &str) {
        let begun = Instant::now();
        while self.sql(&format!("select {condition}")) != "t" {
            assert!(
                begun.elapsed() < Duration::from_secs(10),
                "still false after 10 s: {condition}"
            );
            thread::sleep(Duration::from_millis(20));
        }
    }
}

/// Runs all of them at once, and returns their outcomes in the same order.
pub fn at_once(runs: impl IntoIterator<Item = Run>) -> Vec<Outcome> {
    thread::scope(|scope| {
        let runs: Vec<_> = runs.into_iter().map(|run| scope.spawn(|| run.run())).collect();
        runs.into_iter().map(|run| run.join().unwrap()).collect()
    })
}
