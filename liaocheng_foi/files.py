"""Writing files whole or not at all: to a temporary name in the same folder, then renamed."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from .problems import FoiError


def write(path: str | os.PathLike[str], content: bytes | str) -> Path:
    """Write ``content`` (text as UTF-8 with LF) to ``path`` in one step, making its folder.

    A link stays one: what it points to is written. A device or a pipe takes the content and is not replaced.
    Raises :class:`FoiError` with the reason when that is not possible; nothing half-written is left.
    """
    target = Path(path)
    data = content.encode("utf-8") if isinstance(content, str) else content
    temporary: str | None = None
    try:
        if target.exists() and not (target.is_file() or target.is_dir()):
            target.write_bytes(data)
            return target
        target.parent.mkdir(parents=True, exist_ok=True)
        real = Path(os.path.realpath(target))
        descriptor, temporary = tempfile.mkstemp(dir=real.parent, prefix=f".{target.name}.")
        with os.fdopen(descriptor, "wb") as handle:
            handle.write(data)
        mask = os.umask(0)
        os.umask(mask)
        os.chmod(temporary, 0o666 & ~mask)
        os.replace(temporary, real)
    except BaseException as error:
        if temporary is not None:
            Path(temporary).unlink(missing_ok=True)
        if not isinstance(error, OSError):
            raise
        raise FoiError(f"{target.name}: could not be written ({error.strerror}).") from None
    return target
