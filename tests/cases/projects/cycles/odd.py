def b(n):
    from even import a
    return a(n - 1) + 1
