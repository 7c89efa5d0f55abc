//! Text and numbers against CPython: the rows kept in `tables/`, and fresh ones from `python3` where it is CPython 3.11.
//!
//! `PIVOT_SWEEP=100000 cargo test -p pivot-runtime --test text sweep` compares that many rounds of each family.

mod calls;
mod item;
mod numbers;
mod oracle;
mod sequences;
mod templates;

use oracle::{check_kept, check_sweep};

macro_rules! families {
    ($($name:ident)*) => {
        mod kept {
            $(#[test]
            fn $name() {
                super::check_kept(stringify!($name));
            })*
        }
        mod sweep {
            $(#[test]
            fn $name() {
                super::check_sweep(stringify!($name));
            })*

            // Too long to keep: each case is a thousand floats.
            #[test]
            fn bulk() {
                super::check_sweep("bulk");
            }
        }
    };
}

families! { int float complex format str chars bytes codec percent template hash call }
