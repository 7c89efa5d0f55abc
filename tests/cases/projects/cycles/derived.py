import base
seen = []
def peek():
    try:
        return base.COUNT
    except AttributeError as e:
        return str(e)
seen.append(peek())
def Derived():
    class D(base.Base):
        def name(self):
            return "derived " + super().name()
    return D()
