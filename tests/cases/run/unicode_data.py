import unicodedata as u
import hashlib
import random


def strip_accents(text):
    return "".join(c for c in u.normalize("NFKD", text) if not u.combining(c))


def slug(text):
    return "-".join(w for w in "".join(c.lower() if c.isalnum() else " " for c in strip_accents(text)).split())


def told(point):
    c = chr(point)
    return (u.category(c), u.bidirectional(c), u.combining(c), u.mirrored(c), u.east_asian_width(c), u.decomposition(c),
            u.numeric(c, None), u.digit(c, None), u.decimal(c, None))


def all_points(step):
    h = hashlib.sha256()
    for point in range(0, 0x110000, step):
        h.update(repr(told(point)).encode())
    return h.hexdigest()[:16]


def forms(seed, rounds):
    rng = random.Random(seed)
    pool = [chr(p) for p in range(0x300, 0x340)] + list("aeiouAEnqs") + [chr(p) for p in range(0x1100, 0x1120)]
    pool += [chr(p) for p in range(0x1160, 0x1178)] + [chr(p) for p in range(0x11a6, 0x11b0)]
    pool += [chr(p) for p in range(0xac00, 0xac40)] + list("ﬁ½Å①㎒ǆ々豈\u0344\u0958\u09dc\u2adc\U0001d15e\u0f73\u0fb2\u0f81")
    pool += [chr(rng.randrange(0x250, 0x2fa20)) for _ in range(200)]
    pool = [c for c in pool if not 0xd800 <= ord(c) < 0xe000]
    h = hashlib.sha256()
    for _ in range(rounds):
        s = "".join(rng.choice(pool) for _ in range(rng.randrange(1, 9)))
        for form in ("NFC", "NFD", "NFKC", "NFKD"):
            made = u.normalize(form, s)
            h.update(made.encode() + bytes([u.is_normalized(form, s)]))
    return h.hexdigest()[:16]


def main():
    print(strip_accents("Crème Brûlée Ångström naïve ﬁ"), slug("  Ünïcode & Ćafé №5! "), u.unidata_version)
    print(all_points(7), forms(3, 1500))
    print([told(ord(c)) for c in "aÉ½٣("], len(u.normalize("NFD", "é")), u.normalize("NFC", "e\u0301") == "é")
    for bad in (lambda: u.category("ab"), lambda: u.category(1), lambda: u.normalize("X", "a"), lambda: u.normalize("NFC"),
                lambda: u.decimal("a"), lambda: u.digit("½"), lambda: u.numeric("a"), lambda: u.decimal("ab", 1), lambda: u.decimal()):
        try:
            print(bad())
        except (TypeError, ValueError) as e:
            print(type(e).__name__, e)


main()
