import derived
class Base:
    def go(self):
        return derived.Derived().name()
    def name(self):
        return "base"
def make():
    return Base().go()
COUNT = 5
