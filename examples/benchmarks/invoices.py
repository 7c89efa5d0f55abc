"""Text made from numbers: lines of invoices in columns.

    python3 invoices.py [LINES]
"""

import sys


def line(number, name, count, price):
    amount = count * price
    return f"{number:>6} {name:<20} {count:>5,} x {price:>9.2f} = {amount:>14,.2f}"


def wrapped(words, width):
    lines, current = [], ""
    for word in words:
        if current and len(current) + 1 + len(word) > width:
            lines.append(current)
            current = word
        else:
            current = f"{current} {word}".strip()
    return lines + [current]


def main(lines):
    names = ["Bolt", "Nut", "Washer", "Großer Haken", "Screw, long"]
    page, total = [], 0.0
    for number in range(1, lines + 1):
        count, price = number * 37 % 2500, number % 613 / 7
        page.append(line(number, names[number % len(names)], count, price))
        total += count * price
    words = " ".join(page[:200]).replace("=", "is").title().split()
    text = "\n".join(page)
    return f"{len(text)} {text.count(',')} {total:.4f} {total!r} {len(wrapped(words, 60))}"


if __name__ == "__main__":
    print(main(int(sys.argv[1]) if len(sys.argv) > 1 else 50000))
