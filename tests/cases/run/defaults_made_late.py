def put(obj, out=None):
    if out is None:
        out = {}
    out[obj] = 1
    return out
def flatten(obj, prefix="", out=None):
    if out is None:
        out = {}
    if isinstance(obj, list):
        for i, v in enumerate(obj):
            flatten(v, f"{prefix}{i}.", out)
    else:
        out[prefix[:-1]] = obj
    return out
if __name__ == "__main__":
    print(put("a"), len(flatten([1, [2, 3]])), flatten([1, "s", [2.5]]))
