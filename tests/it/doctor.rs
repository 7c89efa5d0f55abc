//! `pivot doctor` and `pivot completions`.

use crate::support::{Scratch, outcome, pivot};
use std::process::Command;

#[test]
fn a_machine_that_can_build_pivot_lacks_nothing_but_options() {
    let (code, stdout, stderr) = outcome(&pivot(&["doctor"]));
    assert_eq!(code, 0, "{stdout}{stderr}");
    for what in ["rustc", "cargo", "python", "cache", "sandbox"] {
        assert!(stdout.contains(what), "{stdout}");
    }
}

#[test]
fn what_is_missing_is_named_with_the_command_that_mends_it() {
    let scratch = Scratch::new();
    let mut command = Command::new(env!("CARGO_BIN_EXE_pivot"));
    command
        .arg("doctor")
        .current_dir(scratch.path())
        .env("PATH", scratch.path())
        .env("HOME", scratch.path());
    command.env_remove("CARGO").env_remove("CARGO_HOME");
    let (code, stdout, _) = outcome(&command.output().unwrap());
    assert_eq!(code, 4, "{stdout}");
    for words in ["https://rustup.rs", "apt-get install gcc", "`python3` was not found"] {
        assert!(stdout.contains(words), "`{words}` is not in\n{stdout}");
    }
}

#[test]
fn every_shell_learns_the_commands() {
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let (code, stdout, _) = outcome(&pivot(&["completions", shell]));
        assert_eq!(code, 0);
        assert!(stdout.contains("evolve"), "{shell}");
    }
}
