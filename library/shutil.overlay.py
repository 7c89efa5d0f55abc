"""Copying and removing with the calls that a vessel has."""


def rmtree(path, ignore_errors=False, onerror=None, *, dir_fd=None):
    if onerror is not None or dir_fd is not None:
        raise NotImplementedError("shutil.rmtree with onerror or dir_fd is not supported")
    if isinstance(path, bytes):
        path = os.fsdecode(path)
    try:
        if stat.S_ISLNK(os.lstat(path).st_mode):
            raise OSError("Cannot call rmtree on a symbolic link")
        _remove_folder(path, ignore_errors)
    except OSError:
        if not ignore_errors:
            raise


def _remove_folder(path, ignore_errors):
    for name in os.listdir(path):
        below = os.path.join(path, name)
        try:
            if stat.S_ISDIR(os.lstat(below).st_mode):
                _remove_folder(below, ignore_errors)
            else:
                os.unlink(below)
        except OSError:
            if not ignore_errors:
                raise
    os.rmdir(path)


def copyfile(src, dst, *, follow_symlinks=True):
    if _samefile(src, dst):
        raise SameFileError("{!r} and {!r} are the same file".format(src, dst))
    if not follow_symlinks and os.path.islink(src):
        os.symlink(os.readlink(src), dst)
        return dst
    with open(src, "rb") as source, open(dst, "wb") as target:
        while data := source.read(COPY_BUFSIZE):
            target.write(data)
    return dst


def _samefile(src, dst):
    try:
        return os.path.samefile(src, dst)
    except OSError:
        return False


def copymode(src, dst, *, follow_symlinks=True):
    if not follow_symlinks and os.path.islink(src) and os.path.islink(dst):
        raise NotImplementedError("shutil.copymode of links is not supported")
    os.chmod(dst, stat.S_IMODE(os.stat(src).st_mode))
