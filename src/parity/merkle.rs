//! Root hashes: SHA-256 over a binary tree of cases, so that one case can be shown to belong to a certificate
//! without the others.
//!
//! Leaves and inner nodes are hashed with different first bytes, so that neither can be taken for the other
//! (as in RFC 6962); a node without a partner moves up as it is.

use sha2::{Digest, Sha256};

/// A SHA-256 digest.
pub type Hash = [u8; 32];

/// The digest of one leaf.
pub fn leaf(parts: &[&[u8]]) -> Hash {
    let mut hasher = Sha256::new();
    hasher.update([0]);
    for part in parts {
        hasher.update((part.len() as u64).to_le_bytes());
        hasher.update(part);
    }
    hasher.finalize().into()
}

fn node(left: &Hash, right: &Hash) -> Hash {
    let mut hasher = Sha256::new();
    hasher.update([1]);
    hasher.update(left);
    hasher.update(right);
    hasher.finalize().into()
}

/// The root over the leaves, in order; of no leaves, the digest of nothing.
pub fn root(leaves: &[Hash]) -> Hash {
    let mut level = leaves.to_vec();
    while level.len() > 1 {
        level = level.chunks(2).map(fold).collect();
    }
    level.first().copied().unwrap_or_else(|| Sha256::digest([]).into())
}

fn fold(pair: &[Hash]) -> Hash {
    match pair {
        [left, right] => node(left, right),
        [alone, ..] => *alone,
        [] => unreachable!("chunks are never empty"),
    }
}

/// The digests beside the path from a leaf to the root, each with whether it stands on the left.
pub fn path(leaves: &[Hash], mut at: usize) -> Vec<(bool, Hash)> {
    let mut level = leaves.to_vec();
    let mut beside = Vec::new();
    while level.len() > 1 {
        if let Some(other) = level.get(at ^ 1) {
            beside.push((at % 2 == 1, *other));
        }
        level = level.chunks(2).map(fold).collect();
        at /= 2;
    }
    beside
}

/// The root that a leaf and its path lead to.
pub fn root_of(leaf: Hash, path: &[(bool, Hash)]) -> Hash {
    path.iter().fold(
        leaf,
        |hash, (left, other)| if *left { node(other, &hash) } else { node(&hash, other) },
    )
}

/// Lower-case hexadecimal.
pub fn hex(hash: &[u8]) -> String {
    hash.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The bytes that [`hex`] wrote; `None` for any other text.
pub fn unhex(text: &str) -> Option<Vec<u8>> {
    let pairs = text.as_bytes().chunks_exact(2);
    if !pairs.remainder().is_empty() {
        return None;
    }
    pairs
        .map(|pair| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok())
        .collect()
}

/// The digest that [`hex`] wrote.
pub fn hash_of_hex(text: &str) -> Option<Hash> {
    unhex(text)?.try_into().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_leaf_leads_to_the_root_and_no_other_does() {
        for count in 1..20u8 {
            let leaves: Vec<Hash> = (0..count).map(|number| leaf(&[&[number]])).collect();
            let root = root(&leaves);
            for at in 0..leaves.len() {
                let path = path(&leaves, at);
                assert_eq!(root_of(leaves[at], &path), root);
                assert_ne!(root_of(leaf(&[&[99]]), &path), root);
            }
        }
    }
}
