//! Failing cases made shorter, and shown as Python that can be pasted.

use super::cases;
use crate::parity::case::Case;
use crate::parity::form::{Form, to_python};
use std::io;

/// The case without what is not needed for the two sides to differ.
///
/// # Errors
/// Those of `differs`.
pub fn shorten(mut case: Case, differs: &dyn Fn(&Case) -> io::Result<bool>) -> io::Result<Case> {
    loop {
        let mut shorter = None;
        for candidate in shorter_ones(&case) {
            if differs(&candidate)? {
                shorter = Some(candidate);
                break;
            }
        }
        match shorter {
            Some(found) => case = found,
            None => return Ok(case),
        }
    }
}

fn shorter_ones(case: &Case) -> Vec<Case> {
    let mut found = Vec::new();
    let mut add = |change: &dyn Fn(&mut Case)| {
        let mut shorter = case.clone();
        change(&mut shorter);
        if shorter != *case {
            found.push(shorter);
        }
    };
    add(&|case| case.files.clear());
    add(&|case| case.kwargs.clear());
    (0..case.args.len()).for_each(|at| add(&|case| drop(case.args.remove(at))));
    (0..case.files.len()).for_each(|at| add(&|case| drop(case.files.remove(at))));
    found
}

/// The run as Python: the files it needs, then the process itself.
pub fn to_python_call(case: &Case, file_name: &str) -> String {
    let mut text = String::from("import subprocess, sys\n");
    for (name, content) in &case.files {
        let content = to_python(&Form::Bytes(content.clone()));
        text.push_str(&format!(
            "open({}, 'wb').write({content})\n",
            to_python(&Form::str(name))
        ));
    }
    let words = [file_name.to_string()].into_iter().chain(cases::words(case));
    let words: Vec<String> = words.map(|word| to_python(&Form::str(&word))).collect();
    let input = to_python(&Form::Bytes(cases::input(case).to_vec()));
    text.push_str(&format!(
        "subprocess.run([sys.executable, {}], input={input})",
        words.join(", ")
    ));
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_needed_is_left_out() {
        let case = Case {
            args: ["a", "bad", "c"].map(Form::str).to_vec(),
            kwargs: vec![("stdin".to_string(), Form::Bytes(b"5\n".to_vec()))],
            files: vec![("data.txt".to_string(), b"x".to_vec())],
        };
        let differs = |case: &Case| Ok(cases::words(case).contains(&"bad".to_string()) && !case.files.is_empty());
        let shorter = shorten(case, &differs).expect("nothing is run");
        let call = "import subprocess, sys\nopen('data.txt', 'wb').write(b'x')\nsubprocess.run([sys.executable, 'job.py', \
                    'bad'], input=b'')";
        assert_eq!(to_python_call(&shorter, "job.py"), call);
    }
}
