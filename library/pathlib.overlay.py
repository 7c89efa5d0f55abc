"""Paths without modules as values: nothing asks a flavour for its module of functions."""


class _WindowsFlavour:
    pathmod = "ntpath"


class _PosixFlavour:
    pathmod = "posixpath"


class Path:
    def write_bytes(self, data):
        if not isinstance(data, (bytes, bytearray)):
            raise TypeError(f"memoryview: a bytes-like object is required, not '{type(data).__name__}'")
        with self.open(mode="wb") as f:
            return f.write(data)

    def touch(self, mode=0o666, exist_ok=True):
        if mode != 0o666:
            raise NotImplementedError("Path.touch with a mode is not supported")
        if exist_ok:
            try:
                os.utime(self, None)
                return
            except OSError:
                pass
        self.open("ab" if exist_ok else "xb").close()
