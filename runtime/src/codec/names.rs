//! What encodings are called.

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Order {
    Little,
    Big,
    /// As a mark at the beginning says; without one, little.
    Marked,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Encoding {
    Utf8,
    Utf8Sig,
    Ascii,
    Latin1,
    /// One byte a character, by number.
    Charmap(u8),
    Utf16(Order),
    Utf32(Order),
}

/// The encoding of a name: case, and which of `-`, `_`, space or dot runs separate its words, do not matter.
pub(super) fn find(name: &str) -> Option<Encoding> {
    Some(match normalised(name).as_str() {
        "utf_8" | "utf8" | "u8" | "utf" | "utf8_ucs2" | "utf8_ucs4" | "cp65001" => Encoding::Utf8,
        "utf_8_sig" => Encoding::Utf8Sig,
        "ascii" | "us_ascii" | "646" | "ansi_x3.4_1968" | "ansi_x3_4_1968" | "ansi_x3.4_1986" | "cp367" | "csascii"
        | "ibm367" | "iso646_us" | "iso_646.irv_1991" | "iso_ir_6" | "us" => Encoding::Ascii,
        "latin_1" | "latin1" | "latin" | "l1" | "8859" | "cp819" | "iso8859" | "iso8859_1" | "iso_8859_1"
        | "csisolatin1" | "ibm819" | "iso_8859_1_1987" | "iso_ir_100" => Encoding::Latin1,
        "utf_16" | "utf16" | "u16" => Encoding::Utf16(Order::Marked),
        "utf_16_le" | "utf_16le" | "unicodelittleunmarked" => Encoding::Utf16(Order::Little),
        "utf_16_be" | "utf_16be" | "unicodebigunmarked" => Encoding::Utf16(Order::Big),
        "utf_32" | "utf32" | "u32" => Encoding::Utf32(Order::Marked),
        "utf_32_le" | "utf_32le" => Encoding::Utf32(Order::Little),
        "utf_32_be" | "utf_32be" => Encoding::Utf32(Order::Big),
        other => Encoding::Charmap(super::charmap::find(other)?),
    })
}

/// Whether CPython would know an encoding of this name.
pub(super) fn is_unsupported(name: &str) -> bool {
    super::charmap::is_other(&normalised(name))
}

/// Whether CPython knows the encoding by this name without asking its registry.
pub(super) fn is_built_in(name: &str) -> bool {
    let plain = normalised(name);
    let direct = match plain.strip_prefix("utf") {
        Some(width) => matches!(width.strip_prefix('_').unwrap_or(width), "8" | "16" | "32"),
        None => matches!(
            plain.as_str(),
            "ascii" | "us_ascii" | "latin1" | "latin_1" | "iso_8859_1" | "iso8859_1"
        ),
    };
    // It looks at names of up to ten characters only.
    direct && name.len() <= 10
}

/// Lower case, runs of anything but letters, digits and dots as one underscore.
fn normalised(name: &str) -> String {
    let mut out = String::new();
    let mut gap = false;
    for c in name.chars() {
        if c.is_ascii_alphanumeric() || c == '.' {
            if gap && !out.is_empty() {
                out.push('_');
            }
            gap = false;
            out.push(c.to_ascii_lowercase());
        } else {
            gap = true;
        }
    }
    out
}
