"""A method that is not there is told before what is wrong with its arguments."""


class Box:
    def __init__(self, items):
        self.items = items

    def put(self, what):
        self.items.append(what)
        return len(self.items)

    def ask(self, other):
        return self.put(other.items[0])


def told(call):
    try:
        return call()
    except (AttributeError, IndexError, KeyError, TypeError, ZeroDivisionError) as e:
        return f"{type(e).__name__}: {e}"


def main():
    for receiver in ({}, "text", 5, None, Box([1])):
        print(told(lambda: Box.ask(receiver, receiver)))
        print(told(lambda: receiver.nothing(receiver.neither)))
        print(told(lambda: receiver.nothing({}["key"])))
        print(told(lambda: receiver.put(1 // 0)))
        print(told(lambda: receiver.nothing(-"a")))


main()
