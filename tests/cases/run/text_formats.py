def f(n, x, s):
    a = "%d|%5d|%-5d|%05d|%+d|% d|%x|%X|%o|%i" % (n, n, n, n, n, n, n, n, n, n)
    b = "%f|%.2f|%8.3f|%-8.1f|%e|%g|%G|%.0f" % (x, x, x, x, x, x, x, x)
    c = "%s|%10s|%-10s|%.2s|%r|%%|%s" % (s, s, s, s, s, n)
    d = "%s and %s" % (x, True)
    e = "n=%d" % n
    g = "%s" % s
    h = "%5.1f%%" % x
    i = "%.3e|%+.2f|% .1f" % (n, n, n)
    j = '{"id": %d, "v": %s, "x": %s}' % (n, x, None)
    return [a, b, c, d, e, g, h, i, j]
def bad(n):
    try:
        return "%d %d" % (n,)
    except TypeError as e:
        return str(e)
def bad2(n):
    try:
        return "%d" % (n, 2)
    except TypeError as e:
        return str(e)
def bad3(s):
    try:
        return "%d" % s
    except TypeError as e:
        return str(e)
def spec(n, x, s):
    return [f"{n:>8}", f"{n:,}", f"{n:08b}", f"{x:>10.3f}", f"{x:e}", f"{s:^12}", f"{s:*<9}", f"{n:+d}", f"{x:.3%}", f"{x:,.2f}", f"{s!r:>8}"]
if __name__ == "__main__":
    for n, x, s in [(0, 0.0, ""), (-5, -0.0, "é"), (255, 1e22, "hello world"), (2**40, float("inf"), "a"), (7, float("nan"), "日本語テキスト"), (123456, 123456.789, "x"*80), (1, 1e-7, "tab\t")]:
        print(f(n, x, s))
        print(spec(n, x, s))
    print(bad(1), bad2(1), bad3("q"))
    try:
        print(f"{5:zz}")
    except ValueError as e:
        print(e)
    # A byte above 127 is another letter after the digits of a count than elsewhere.
    for template in (b"%\x9b", b"%5\x9b", b"%0\xff", b"%00\xff", b"%10\xff", b"%.\x80", b"%.0\x80", b"%5.2\x80", b"%5l\x80", b"%*\x80", b"%-5c|"):
        try:
            print(template % ((3, 65) if b"*" in template else 65))
        except (OverflowError, ValueError) as e:
            print(type(e).__name__, ascii(str(e)))
