//! The layouts of text: forms, sharing, growth, hashes.

use pivot_runtime::bytes::Bytes;
use pivot_runtime::lit;
use pivot_runtime::str::{Str, StrBuf};

/// Hashes printed by CPython 3.11 under PYTHONHASHSEED=0.
#[test]
fn hashes_are_cpythons() {
    let rows = [
        ("", 0),
        ("a", 4644417185603328019),
        ("ab", 6148830537548944441),
        ("abcdefgh", 4574395652268504554),
        ("abcdefghi", -532774252720507163),
        ("é", 6047309291227476195),
        ("Ā", 75343234424780393),
        ("😀", -3536540696076613844),
    ];
    for (text, hash) in rows {
        assert_eq!(Str::from(text).hash(), hash, "{text}");
    }
    assert_eq!(Bytes::from(b"a".as_slice()).hash(), 4644417185603328019);
}

#[test]
fn literals_equal_built_strings() {
    assert_eq!(lit!("abc"), Str::from("abc"));
    assert_eq!(lit!("abc").hash(), Str::from("abc").hash());
    assert_eq!(lit!("aé😀"), Str::from("aé😀"));
    assert_eq!(lit!(""), Str::empty());
    assert!(lit!("x") == *"x");
}

#[test]
fn appending_in_place_leaves_other_holders_alone() {
    for start in ["abc", "abcd0123"] {
        let mut text = Str::from(start);
        let held = text.clone();
        text.push_str(&lit!("def.ghi"));
        assert_eq!(held, *start);
        assert_eq!(text.hash(), Str::from(format!("{start}def.ghi")).hash());
        let address = text.address();
        text.push_str(&lit!("g"));
        assert_eq!(text.address(), address);
        assert_eq!(text.hash(), Str::from(format!("{start}def.ghig")).hash());
        let same = text.clone();
        text.push_str(&same);
        assert_eq!(text, *format!("{start}def.ghig{start}def.ghig"));
    }
}

#[test]
fn short_text_is_one_object_however_it_came_about() {
    let mut grown = Str::from("ab");
    grown.push_str(&lit!("cdefg"));
    assert!(grown.same(&lit!("abcdefg")) && grown.same(&lit!("0abcdefgh").cut(1, 8)));
    assert!(Str::from_block(Bytes::from(&b"abcdefg"[..]).block().clone()).is_some_and(|text| text.same(&grown)));
    grown.push_str(&lit!("h"));
    assert!(grown == lit!("abcdefgh") && !grown.same(&Str::from("abcdefgh")));
    assert_eq!(grown.cut(0, 7).hash(), lit!("abcdefg").hash());
}

#[test]
fn a_buffer_widens_once_it_must() {
    let numbers = || {
        let mut buf = StrBuf::new();
        for number in [0, 7, -10, 99, 100, i64::MIN, i64::MAX] {
            buf.push_i64(number);
            buf.push_ascii(",");
        }
        buf
    };
    assert!(numbers().finish().as_ascii().is_some());
    let mut buf = numbers();
    buf.push("é");
    buf.push_ascii("!");
    let text = buf.finish();
    assert_eq!(text, lit!("0,7,-10,99,100,-9223372036854775808,9223372036854775807,é!"));
}
