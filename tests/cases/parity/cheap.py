"""Functions whose calls cost next to nothing: what a proof of them takes is what the proof itself takes."""


def clamp(value, low, high):
    if value < low:
        return low
    if value > high:
        return high
    return value


def total(items):
    result = 0
    for item in items:
        result += item
    return result


def slug(text):
    return "-".join(text.lower().split())


def mean(numbers):
    return sum(numbers) / len(numbers) if numbers else 0.0


def is_leap(year):
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


if __name__ == "__main__":
    print(clamp(5, 1, 3), total([1, 2, 3]), slug("A b"), mean([1.5, 2.5]), is_leap(2000))
