def parse(lines):
    out = []
    for line in lines:
        line = line.strip()
        if not line:
            continue
        line = line.split(",")
        line = [int(x) for x in line]
        total = 0
        for x in line:
            total += x
        out.append((total, line))
    return out
def loops(n):
    x = 0
    for i in range(n):
        if i == 3:
            x = "three"
        if i == 5:
            break
    else:
        x = 1.5
    print(x)
    x = [x]
    while True:
        x = len(x)
        if x:
            break
    print(x)
    x = "s" * x
    return x
def params(a, b=2):
    print(a, b)
    a = str(a)
    b = a + "!"
    if len(b) > 3:
        a = len(a)
    print(a)
    a = None
    return a, b
def cond(flag):
    if flag:
        v = 1
    else:
        v = "one"
    print(v)
    v = 2.5
    try:
        w = int("x")
    except ValueError:
        w = "bad"
    print(v, w)
    w = 3
    return v * w
def unbound(k):
    for q in range(k):
        pass
    try:
        print(q)
    except UnboundLocalError as e:
        print(e)
    q = "now"
    return q
def late(k):
    if k:
        z = 1
    try:
        return z
    except NameError as e:
        return str(e)
    z = "dead"
def nested(n):
    r = 0
    i = "outer"
    for i in range(n):
        for j in range(i):
            r += j
        j = str(r)
        r = int(j)
    print(i, j if n else "")
    i = [i]
    return i, r
def cont(items):
    for it in items:
        res = it
        if it % 2:
            res = str(it)
            if it == 3:
                continue
            print(res)
            continue
        res = float(res)
        print(res)
    return res
def main():
    print(parse(["1,2,3", "", " 4,5 "]))
    print(loops(4), loops(10), loops(0))
    print(params(1), params(12345))
    print(cond(True), cond(False))
    print(unbound(0), unbound(2), late(0), late(1))
    print(nested(4), nested(1))
    print(cont([1, 2, 3, 4]), cont([2, 3]))
    a = "1,2"
    a, b = a.split(",")
    a = int(a)
    b = a + int(b)
    print(a, b)
    a, b = b, a
    print(a, b)
if __name__ == "__main__":
    main()
