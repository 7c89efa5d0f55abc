//! What holds for the command line as a whole.

use crate::support::{outcome, pivot};

#[test]
fn help_shows_examples_and_succeeds() {
    let (code, stdout, _) = outcome(&pivot(&["--help"]));
    assert_eq!(code, 0);
    assert!(stdout.contains("pivot analyze file.py"), "{stdout}");
}

#[test]
fn a_misspelt_flag_names_the_right_one() {
    let (code, _, stderr) = outcome(&pivot(&["analyze", "--quite", "x.py"]));
    assert_eq!(code, 2);
    assert!(stderr.contains("--quiet"), "{stderr}");
}
