//! Command lines, standard input and files to run a script with.

use crate::parity::case::Case;
use crate::parity::cases::Rng;
use crate::parity::form::Form;
use crate::parity::oracle::ScriptNotes;

/// Cases of a script that reads something from outside.
const WANTED: usize = 24;
/// Attempts at making one that is new.
const ATTEMPTS: usize = 400;

/// What people pass to scripts: counts, names, options that are there or not, files that are there or not.
const WORDS: [&str; 24] = [
    "5",
    "2",
    "0",
    "1",
    "10",
    "-1",
    "3",
    "7",
    "20",
    "100",
    "1.5",
    "-0.5",
    "1e3",
    "abc",
    "",
    "a b",
    "é",
    "--help",
    "-h",
    "--no-such-option",
    "-v",
    "missing.txt",
    "data.txt",
    "data.json",
];
const INPUTS: [&str; 10] = [
    "",
    "5\n",
    "3\n1\n2\n3\n",
    "1 2 3\n4 5 6\n",
    "hello world\nsecond line\n",
    "{\"value\": 3}\n[1, 2.5, null]\n",
    "a,b\n1,2\n\n3,\n",
    "no end of line",
    "é ß 漢 🎈\n",
    "-1\nquit\n\n",
];
const FILES: [(&str, &str); 3] = [
    ("data.txt", "one two\n3 4.5\n\nthree é 漢\nlast"),
    (
        "data.json",
        "{\"name\": \"a\", \"values\": [1, 2.5, null, \"x\"], \"nested\": {\"k\": [true]}}\n",
    ),
    ("data.csv", "name,value\na,1\nb,2.5\n\"c,d\",\n"),
];

/// Under this name standard input stands among a case's keyword arguments.
const INPUT: &str = "stdin";

/// The cases in the order in which they are tried: those that failed once, then the plainest.
pub fn candidates(notes: &ScriptNotes, earlier: &[Case], seed: u64) -> Vec<Case> {
    let mut made = earlier.to_vec();
    let mut add = |words: &[&str], input: &str, files: bool| {
        let case = case(words, input, files);
        if !made.contains(&case) {
            made.push(case);
        }
        made.len()
    };
    add(&[], "", false);
    if !(notes.arguments || notes.input || notes.files) {
        add(&["unasked"], "", false);
        return made;
    }
    for shown in &notes.shown {
        let words: Vec<&str> = shown.iter().map(String::as_str).collect();
        add(&words, if notes.input { INPUTS[3] } else { "" }, notes.files);
    }
    if notes.input {
        for input in INPUTS {
            add(&[], input, notes.files);
        }
    }
    let mut rng = Rng::new(seed, "script", 0);
    let own: Vec<&str> = notes.words.iter().map(String::as_str).collect();
    for _ in 0..ATTEMPTS {
        let count = if notes.arguments {
            rng.weighted(&[1, 8, 5, 3, 1])
        } else {
            0
        };
        let words: Vec<&str> = (0..count).map(|_| word(&own, &mut rng)).collect();
        let input = if notes.input { *rng.pick(&INPUTS) } else { "" };
        let files = (notes.files || notes.arguments) && rng.percent(60);
        if add(&words, input, files) >= WANTED + earlier.len() {
            break;
        }
    }
    made
}

fn word<'a>(own: &[&'a str], rng: &mut Rng) -> &'a str {
    let from = if !own.is_empty() && rng.percent(50) {
        own
    } else {
        &WORDS
    };
    from[rng.below(from.len())]
}

fn case(words: &[&str], input: &str, files: bool) -> Case {
    let input = (!input.is_empty()).then(|| (INPUT.to_string(), Form::Bytes(input.as_bytes().to_vec())));
    let files = FILES.iter().filter(|_| files);
    Case {
        args: words.iter().map(|word| Form::str(word)).collect(),
        kwargs: input.into_iter().collect(),
        files: files
            .map(|(name, text)| (name.to_string(), text.as_bytes().to_vec()))
            .collect(),
    }
}

/// The command line of a case.
pub fn words(case: &Case) -> Vec<String> {
    let text = |form: &Form| match form {
        Form::Str(bytes) => String::from_utf8_lossy(bytes).into_owned(),
        _ => String::new(),
    };
    case.args.iter().map(text).collect()
}

/// What stands on standard input.
pub fn input(case: &Case) -> &[u8] {
    let found = case.kwargs.iter().find(|(name, _)| name == INPUT);
    match found {
        Some((_, Form::Bytes(bytes))) => bytes,
        _ => &[],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn notes(arguments: bool, input: bool) -> ScriptNotes {
        ScriptNotes {
            line: 1,
            lines: Vec::new(),
            shown: vec![vec!["7".to_string()]],
            words: vec!["--fast".to_string()],
            arguments,
            input,
            files: false,
        }
    }

    #[test]
    fn a_script_that_asks_for_nothing_has_few_cases_and_others_have_many() {
        let count = |arguments, input| candidates(&notes(arguments, input), &[], 0).len();
        assert_eq!(count(false, false), 2);
        assert_eq!([count(true, false), count(true, true)], [WANTED; 2]);
    }

    #[test]
    fn the_same_seed_gives_the_same_cases_and_those_that_failed_come_first() {
        let failed = case(&["odd"], "in\n", false);
        let made = candidates(&notes(true, true), std::slice::from_ref(&failed), 3);
        assert_eq!(made, candidates(&notes(true, true), std::slice::from_ref(&failed), 3));
        assert_eq!(
            (words(&made[0]), input(&made[0])),
            (vec!["odd".to_string()], &b"in\n"[..])
        );
        assert!(made.iter().any(|case| words(case).contains(&"--fast".to_string())));
    }
}
