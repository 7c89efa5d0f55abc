import random
def ops(a, b, n):
    out = [a + b, a - b, a * b, a & b, a | b, a ^ b, a << n, a >> n, ~a, -a, abs(a), a == b, a < b]
    if b:
        out += [a // b, a % b, divmod(a, b)]
    return out
def build(s, k):
    t = ""
    for i in range(k):
        t += s
        t = t + str(i) + ","
    u = t
    t += t
    try:
        t += s + str(1 // (k - k))
    except ZeroDivisionError:
        pass
    return t, u, len(t)
if __name__ == "__main__":
    r = random.Random(5)
    acc = []
    edges = [0, 1, -1, 2**31, 2**63 - 1, 2**63, -2**63, -2**63 - 1, 2**64 - 1, 2**64, 2**126, 2**127 - 1, 2**127, -2**127, -2**127 - 1, 2**128, -2**128, 10**40]
    for a in edges:
        for b in edges:
            acc.append(ops(a, b, abs(b) % 70))
    for _ in range(300):
        a = r.getrandbits(r.choice([8, 60, 64, 65, 100, 127, 128, 130])) * r.choice([1, -1])
        b = r.getrandbits(r.choice([8, 60, 64, 65, 100, 127, 128, 130])) * r.choice([1, -1])
        acc.append(ops(a, b, r.randrange(140)))
    print(len(str(acc)), str(acc)[:300])
    print(acc)
    print(build("é", 5), build("ab", 9))
