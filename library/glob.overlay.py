"""Globbing without open directories: folders are named."""


def _iterdir(dirname, dir_fd, dironly):
    if dir_fd is not None:
        raise NotImplementedError("glob with dir_fd is not supported")
    try:
        for entry in os.scandir(dirname or (b"." if isinstance(dirname, bytes) else ".")):
            try:
                if not dironly or entry.is_dir():
                    yield entry.name
            except OSError:
                pass
    except OSError:
        return


def _listdir(dirname, dir_fd, dironly):
    return list(_iterdir(dirname, dir_fd, dironly))
