pub mod mt;
pub mod variates;
