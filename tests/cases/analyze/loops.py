"""Loops: which are independent, which are not, and why not."""


def collected(rows):
    out = []
    for row in rows:
        text = row.strip().lower()
        if not text:
            continue
        out.append(text)
    return out


def counted(rows):
    found = 0
    for row in rows:
        if row.startswith("x"):
            found += 1
    return found


def carried(values):
    last = 0
    out = []
    for value in values:
        out.append(value - last)
        last = value
    return out


def read_later(values):
    for value in values:
        doubled = value * 2
    return doubled


def float_sum(values):
    total = 0.0
    for value in values:
        total += value
    return total


def changed_in_place(rows):
    for row in rows:
        row["seen"] = True


def early_exit(values, wanted):
    for value in values:
        if value == wanted:
            break


def looks_back(values):
    out = []
    for value in values:
        out.append(value + len(out))
    return out


def grid(rows):
    table = []
    for row in rows:
        line = []
        for cell in row:
            line.append(cell * cell)
        table.append(line)
    return table


def calls_unknown(rows, visit):
    out = []
    for row in rows:
        out.append(visit(row))
    return out


def calls_own(rows):
    out = []
    for row in rows:
        out.append(square(row))
    return out


def square(value):
    return value**2


def maybe_unset(rows):
    out = []
    for row in rows:
        if row:
            mark = 1
        out.append(mark)
    return out


def grows(bound):
    while bound:
        bound //= 2
    else:
        bound = -1
    return bound


def counted_from_a_float(rows):
    found = 0.1
    for row in rows:
        found += 1
    return found
