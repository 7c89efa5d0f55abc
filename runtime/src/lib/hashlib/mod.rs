pub mod algorithm;
pub mod blake2;
pub mod sponge;
