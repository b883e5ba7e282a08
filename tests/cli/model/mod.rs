//! Random commands, one after the other and several at once, beside a model of what docs/behaviour.md promises: the
//! same results, the same exit codes, the same rows, and the audit rows that belong to them. A part runs with the
//! other tests; CONTRIBUTING.md says how to run all of it.

mod answer;
mod command;
mod generate;
mod invariants;
mod lines;
mod logins;
mod names;
mod state;
mod system;
mod tokens;
mod users;

use std::collections::BTreeMap;
use std::sync::Mutex;
use std::thread;
use std::time::{Instant, SystemTime, UNIX_EPOCH};

use proptest::prelude::*;
use proptest::test_runner::{Config, RngSeed, TestCaseError, TestRunner};
use proptest_state_machine::{ReferenceStateMachine, StateMachineTest};

use command::Step;
use state::Model;
use system::System;

/// Repeats the commands of a seed that was printed.
const SEED: &str = "IAMCTL_TEST_SEED";

/// Commands one after the other, or mostly two to four at a time.
struct Commands<const AT_ONCE: bool>;

const ALONE: bool = false;
const AT_ONCE: bool = true;

/// How often each exit code was seen.
static CODES: Mutex<BTreeMap<i32, usize>> = Mutex::new(BTreeMap::new());

impl<const AT_ONCE: bool> ReferenceStateMachine for Commands<AT_ONCE> {
    type State = Model;
    type Transition = Vec<Step>;

    fn init_state() -> BoxedStrategy<Model> {
        Just(Model::new()).boxed()
    }

    fn transitions(model: &Model) -> BoxedStrategy<Vec<Step>> {
        if AT_ONCE { generate::mixed(model) } else { generate::alone(model) }
    }

    fn apply(mut model: Model, steps: &Vec<Step>) -> Model {
        for step in steps {
            model.answer(step);
        }
        model
    }
}

impl<const AT_ONCE: bool> StateMachineTest for Commands<AT_ONCE> {
    type SystemUnderTest = System;
    type Reference = Self;

    fn init_test(_: &Model) -> System {
        System::new()
    }

    /// The system has a model of its own: of commands at once, only it knows the order.
    fn apply(mut system: System, _: &Model, steps: Vec<Step>) -> System {
        let codes = system.run(&steps);
        let mut seen = CODES.lock().unwrap();
        for code in codes {
            *seen.entry(code).or_default() += 1;
        }
        system
    }
}

/// So many cases of so many steps each.
fn run<const AT_ONCE: bool>(cases: u32, steps: usize, seed: u64) {
    let config = Config {
        cases,
        rng_seed: RngSeed::Fixed(seed),
        failure_persistence: None,
        max_shrink_iters: 1_000,
        max_shrink_time: 300_000,
        ..Config::default()
    };
    let mut runner = TestRunner::new(config.clone());
    let sequences = Commands::<AT_ONCE>::sequential_strategy(steps);
    let result = runner.run(&sequences, |(model, steps, seen)| {
        Commands::<AT_ONCE>::test_sequential(config.clone(), model, steps, seen);
        Ok::<(), TestCaseError>(())
    });
    if let Err(failure) = result {
        panic!("{SEED}={seed}: {failure}");
    }
}

/// The seed of the variable, or this one.
fn seed(or: u64) -> u64 {
    std::env::var(SEED).map_or(or, |seed| seed.parse().expect(SEED))
}

#[test]
fn commands_do_what_the_model_says() {
    run::<ALONE>(2, 20, seed(1));
}

#[test]
fn commands_at_once_do_what_some_order_of_them_does() {
    run::<AT_ONCE>(2, 10, seed(1));
}

/// 10,000 commands, half of them one by one.
#[test]
#[ignore = "takes minutes; CONTRIBUTING.md has the command"]
#[expect(clippy::print_stderr, reason = "the figures of a run that takes minutes")]
fn ten_thousand_commands_do_what_the_model_says() {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
    let seed = seed(now.as_secs());
    eprintln!("{SEED}={seed}");
    let begun = Instant::now();
    thread::scope(|scope| {
        scope.spawn(|| run::<ALONE>(50, 50, seed));
        scope.spawn(|| run::<ALONE>(50, 50, seed + 1));
        scope.spawn(|| run::<AT_ONCE>(50, 45, seed));
    });
    let codes = CODES.lock().unwrap();
    let commands: usize = codes.values().sum();
    eprintln!("{commands} commands in {:?}; exit codes {codes:?}", begun.elapsed());
    assert!(commands >= 10_000, "{commands}");
}
