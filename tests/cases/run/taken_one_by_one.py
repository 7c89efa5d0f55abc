"""Parts of texts taken one by one, lists that loops fill, and defaults that are made only where they are needed."""


def words(text):
    out = []
    for line in text.split("\n"):
        row = [len(line)]
        for w in line.split():
            row.append(len(w))
        out.append(row)
    return out


def fields(text, sep):
    total = []
    for i, part in enumerate(text.split(sep)):
        total.append((i, part))
    return total


def lines(t):
    return [x.upper() for x in t.splitlines()]


def pairs(a, b):
    return [(x, y) for x, y in zip(a.split(","), b.split(","))]


def ints(t):
    return sum(int(x) for x in t.split(","))


def grow(a):
    for x in range(3):
        a.append(x)
    for x in a:
        if len(a) > 10:
            break
        a.append(x)
    return a


def rebind(n):
    r = []
    for i in range(n):
        r.append(i)
        if i == 2:
            r = []
    return r


def group(items):
    d = {}
    for k, v in items:
        d.setdefault(k, []).append(v)
        d.setdefault(k, [])
    e = {}
    for k, v in items:
        e.setdefault(v, {}).setdefault(k, 0)
        e[v][k] += 1
    return d, e


def main():
    t = "a b  c\nd\r\ne f\n\n x\ty \x1c z\x85q\u2028r\n"
    print(words(t))
    print(lines(t), lines(""), lines("\n"), words(""))
    print(fields("a,b,,c", ","), fields("", ","), fields("aXXbXX", "XX"), fields("é,ü", ","), fields("abc", "é"), fields("añbñ", "ñ"))
    print(pairs("1,2,3", "a,b"))
    print(ints("1,2,3"))
    try:
        print(fields("abc", ""))
    except ValueError as e:
        print(e)
    print(grow([]), rebind(6))
    print(group([("a", 1), ("b", 2), ("a", 3)]))
    t2 = "x y"
    for w in t2.split():
        t2 = t2 + w
        print(w, t2)


main()
