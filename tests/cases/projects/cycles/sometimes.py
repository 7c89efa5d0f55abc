import sys
if len(sys.argv) > 5:
    X = 1
def setup():
    global Y
    Y = 3
