//! One case and the certificate it belongs to: `--prove` and `--check-case`.

use super::{Args, Console, Exit, Failure, failure, manifest, options, output, request, stored, which};
use crate::cli::oracle::oracle;
use crate::parity::certify::{inclusion, source_of};
use crate::parity::inclusion::Inclusion;
use std::fs;
use std::path::Path;

/// `FUNCTION:N`.
pub fn wanted(text: &str) -> Result<(String, usize), String> {
    let parts = text
        .rsplit_once(':')
        .and_then(|(name, number)| Some((name.to_string(), number.parse().ok()?)));
    parts.ok_or_else(|| "a function and a number, such as process_batch:12".to_string())
}

pub fn run(args: &Args, console: &Console) -> Result<Exit, Failure> {
    let found = which::folders(args)?;
    let [folder] = found.vessels.as_slice() else {
        return Err(Failure::usage("name the one vessel whose case is meant"));
    };
    match (&args.prove, &args.check_case) {
        (Some((function, number)), _) => prove(args, folder, function, *number),
        (None, Some(file)) => check(folder, file, console),
        (None, None) => Ok(Exit::Done),
    }
}

fn prove(args: &Args, folder: &Path, function: &str, number: usize) -> Result<Exit, Failure> {
    let (certificate, manifest) = (stored(folder)?, manifest(folder)?);
    let options = options(args, &source_of(folder, &manifest), &manifest.profile)?;
    let python = oracle(&options)?;
    let only = [function.to_string()];
    let mut request = request(args, folder, &manifest, &python, &options);
    (request.cases, request.seed, request.only) = (certificate.cases_wanted, certificate.seed, &only);
    let shown = inclusion(&request, number, &certificate).map_err(failure)?;
    let shown = shown.ok_or_else(|| {
        let message = format!("the certificate has no case {function}:{number}");
        Failure::usage(message).with_help("numbers count the compared cases of a function, from 0")
    })?;
    if shown.fault(&certificate).is_some() {
        let message = "today's run of the function gives other cases or outcomes than the certificate was made from";
        return Err(Failure::new(Exit::NotCertified, message).with_help("`pivot certify --verify` says what changed"));
    }
    let text = serde_json::to_string_pretty(&shown).expect("an inclusion is plain data") + "\n";
    output::emit(&text, args.output.as_deref())?;
    Ok(Exit::Done)
}

fn check(folder: &Path, file: &Path, console: &Console) -> Result<Exit, Failure> {
    let text = fs::read_to_string(file).map_err(|error| Failure::input(file, &error))?;
    let shown: Inclusion = serde_json::from_str(&text)
        .map_err(|error| Failure::usage(format!("{}: not what --prove prints: {error}", file.display())))?;
    match shown.fault(&stored(folder)?) {
        None => {
            console.story(&format!(
                "{} {} belongs to the certificate",
                shown.call, shown.outcome_text
            ));
            Ok(Exit::Done)
        }
        Some(fault) => Err(Failure::new(Exit::NotCertified, fault)),
    }
}
