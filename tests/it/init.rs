//! `pivot init`.

use crate::support::{Scratch, outcome, pivot};

#[test]
fn a_file_is_written_once_and_replaced_only_when_told() {
    let scratch = Scratch::new();
    let folder = scratch.path().to_str().unwrap();
    assert_eq!(outcome(&pivot(&["init", folder])).0, 0);
    let text = std::fs::read_to_string(scratch.path().join(".pivotrc")).unwrap();
    assert!(
        text.contains("// ") && text.contains("\"profile\": \"balanced\""),
        "{text}"
    );
    let (code, _, stderr) = outcome(&pivot(&["init", folder]));
    assert_eq!(code, 2);
    assert!(stderr.contains("--force replaces it"), "{stderr}");
    assert_eq!(outcome(&pivot(&["init", folder, "--force"])).0, 0);
    assert_eq!(outcome(&pivot(&["init", "/nowhere/at/all"])).0, 8);
}
