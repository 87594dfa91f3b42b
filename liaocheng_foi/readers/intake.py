"""A path, bytes or a file object → its bytes, within the limit, and its name as it is shown."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import BinaryIO

from ..problems import ReadError
from .limits import Limits

Source = str | os.PathLike[str] | bytes | BinaryIO


def taken_in(source: Source, name: str | None, limits: Limits) -> tuple[bytes, str]:
    """(bytes, name).

    Raises :class:`ReadError` when it is missing, no file, not to be opened, or over the limit.
    """
    if isinstance(source, (bytes, bytearray, memoryview)):
        shown = one_line(name or "document")
        limits.check("max_bytes", memoryview(source).nbytes, "the file's size in bytes", shown)
        return bytes(source), shown
    if hasattr(source, "read"):
        shown = one_line(name or Path(str(getattr(source, "name", "document"))).name)
        try:
            return _all(source, shown, limits), shown  # type: ignore[arg-type]
        except (OSError, ValueError) as error:
            raise ReadError(f"{shown}: the file object could not be read ({error}).") from None
    try:
        path = Path(os.fsdecode(source))
    except TypeError:
        kind = type(source).__name__
        raise ReadError(f"give a path, bytes or a file object opened in binary mode, not {kind}.") from None
    shown = one_line(name or path.name or str(path))
    try:
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            raise ReadError(f"{shown}: this is a folder; give a file, or read a folder with read_all.")
        if not stat.S_ISREG(status.st_mode):
            raise ReadError(f"{shown}: this is not a regular file but a device, pipe or socket.")
        limits.check("max_bytes", status.st_size, "the file's size in bytes", shown)
        with path.open("rb") as file:
            return _all(file, shown, limits), shown
    except FileNotFoundError:
        raise ReadError(f"{shown}: there is no such file; check the path.") from None
    except PermissionError:
        raise ReadError(f"{shown}: the file may not be opened; check its permissions.") from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise ReadError(f"{shown}: the file could not be opened ({reason}).") from None


def _all(file: BinaryIO, name: str, limits: Limits) -> bytes:
    """What is left in a file object; those of pipes give it piece by piece."""
    pieces: list[bytes] = []
    size = 0
    while piece := file.read(limits.max_bytes + 1 - size):
        if not isinstance(piece, bytes):
            raise ReadError(f"{name}: the file object gives text; open it in binary mode ('rb').")
        pieces.append(piece)
        size += len(piece)
        limits.check("max_bytes", size, "the file's size in bytes", name)
    return b"".join(pieces)


def one_line(name: str) -> str:
    """A file's name as it can be printed on one line, whatever bytes it is made of."""
    return "".join(c if c.isprintable() else "?" for c in name)
