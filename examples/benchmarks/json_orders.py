"""Nested JSON in, changed, and out again.

    python3 json_orders.py [ORDERS]
"""

import json
import sys


def make_order(number):
    lines = [
        {"sku": f"A-{number * 7 % 1000}-{line}", "count": 1 + (number + line) % 5, "price": (number % 97) * 1.25 + line}
        for line in range(number % 4 + 1)
    ]
    notes = None if number % 3 else f"leave at № {number}"
    return {"id": number, "lines": lines, "paid": number % 2 == 0, "address": {"zip": f"{number % 90000:05}", "notes": notes}}


def total(order):
    return sum(line["count"] * line["price"] for line in order["lines"])


def settle(text):
    order = json.loads(text)
    order["total"] = round(total(order), 2)
    if not order["paid"]:
        order["address"].pop("notes")
    order["lines"].sort(key=lambda line: (-line["price"], line["sku"]))
    return json.dumps(order, sort_keys=True)


def main(orders):
    texts = [json.dumps(make_order(number), ensure_ascii=False) for number in range(orders)]
    settled = [settle(text) for text in texts]
    volume = sum(len(text) for text in settled)
    worth = sum(json.loads(text)["total"] for text in settled)
    return f"{volume} {worth:.2f} {settled[-1]}"


if __name__ == "__main__":
    print(main(int(sys.argv[1]) if len(sys.argv) > 1 else 10000))
