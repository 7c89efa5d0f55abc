from collections import Counter
def show(n, text):
    try:
        print(n, Counter(text).most_common(n))
    except Exception as e:
        print(n, type(e).__name__, e)
for n in (0.0, 1.0, 2.5, 9.0, "a", True, -1, -2**70, 2**70, [], 1, 2, None, 0):
    for t in ("", "abca"):
        show(n, t)
class Deep(ValueError):
    def __init__(self, message, position):
        super().__init__(f"{message} at {position}")
        self.position = position
    def where(self):
        return self.position, self.args
def find(e):
    return e.where() if isinstance(e, Deep) else None
