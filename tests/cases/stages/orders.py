"""Records, a list of them, a running sum, an f-string."""


def total(orders):
    amount = 0
    for order in orders:
        if order["count"] > 1:
            amount += order["price"] * order["count"]
    return amount


def label(orders):
    return f"{len(orders)} orders, {total(orders):,}"


if __name__ == "__main__":
    print(label([{"price": 3, "count": n % 4} for n in range(10)]))
