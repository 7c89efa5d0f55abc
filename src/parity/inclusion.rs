//! One case of a certificate, shown to belong to it without the others: the hashes beside its way to the root.

use serde::{Deserialize, Serialize};

use super::certificate::Certificate;
use super::compare::{Verdict, compare, describe, outcome};
use super::merkle::{self, Hash, hash_of_hex, hex, unhex};
use super::mutants::Exhibit;

/// A case, what CPython did on it, and the way to the certificate's root hash over CPython's outcomes. For a certified
/// vessel that root is the vessel's too.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Inclusion {
    pub function: String,
    /// Its place among the compared cases of the function, from zero.
    pub number: usize,
    /// The call as Python, and what it did; for people only.
    pub call: String,
    pub outcome_text: String,
    /// Canonical bytes, in hexadecimal.
    pub case: String,
    pub outcome: String,
    /// The hashes beside the way to the function's root, from the leaf up.
    pub to_function: Vec<Step>,
    pub function_sha256: String,
    /// The hashes beside the way from there to the certificate's root.
    pub to_certificate: Vec<Step>,
    pub python_sha256: String,
}

/// One hash beside the way up.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    /// It stands on the left.
    pub left: bool,
    pub sha256: String,
}

impl Inclusion {
    /// The proof for a case of the exhibit; `None` where there is no case of this number, or the certificate knows no
    /// such function.
    pub fn new(exhibit: &Exhibit, number: usize, certificate: &Certificate) -> Option<Inclusion> {
        let pairs = exhibit.cases.iter().zip(&exhibit.expected);
        // A case on which CPython agrees with itself is one that was compared.
        let compared: Vec<_> = pairs
            .filter(|(_, reply)| compare(reply, reply) == Verdict::Equal)
            .map(|(case, reply)| Some((case, reply, outcome(reply).ok()?.bytes)))
            .collect::<Option<_>>()?;
        let (case, reply, bytes) = compared.get(number)?;
        let leaves: Vec<Hash> = compared
            .iter()
            .map(|(case, _, bytes)| merkle::leaf(&[&case.encode(), bytes]))
            .collect();
        let tried: Vec<_> = certificate
            .functions
            .iter()
            .filter(|function| !function.modes.is_empty())
            .collect();
        let at = tried.iter().position(|function| function.name == exhibit.function)?;
        let roots: Vec<Hash> = tried
            .iter()
            .map(|function| hash_of_hex(&function.python_sha256))
            .collect::<Option<_>>()?;
        Some(Inclusion {
            function: exhibit.function.clone(),
            number,
            call: case.to_python(&exhibit.function),
            outcome_text: describe(reply),
            case: hex(&case.encode()),
            outcome: hex(bytes),
            to_function: steps(merkle::path(&leaves, number)),
            function_sha256: hex(&merkle::root(&leaves)),
            to_certificate: steps(merkle::path(&roots, at)),
            python_sha256: hex(&merkle::root(&roots)),
        })
    }

    /// Why the case does not belong to the certificate; `None` where it does.
    pub fn fault(&self, certificate: &Certificate) -> Option<&'static str> {
        let (Some(case), Some(outcome)) = (unhex(&self.case), unhex(&self.outcome)) else {
            return Some("the case or its outcome is not hexadecimal");
        };
        let leaf = merkle::leaf(&[&case, &outcome]);
        if climbed(leaf, &self.to_function).as_deref() != Some(&self.function_sha256) {
            return Some("the hashes do not lead from the case to the function's root");
        }
        let function = hash_of_hex(&self.function_sha256)?;
        if climbed(function, &self.to_certificate).as_deref() != Some(&certificate.python_sha256) {
            return Some("the hashes do not lead from the function to the certificate's root");
        }
        (!certificate.is_intact()).then_some("the certificate was changed after it was written")
    }
}

fn steps(path: Vec<(bool, Hash)>) -> Vec<Step> {
    let step = |(left, hash): (bool, Hash)| Step {
        left,
        sha256: hex(&hash),
    };
    path.into_iter().map(step).collect()
}

fn climbed(from: Hash, steps: &[Step]) -> Option<String> {
    let path: Option<Vec<(bool, Hash)>> = steps
        .iter()
        .map(|step| Some((step.left, hash_of_hex(&step.sha256)?)))
        .collect();
    Some(hex(&merkle::root_of(from, &path?)))
}
