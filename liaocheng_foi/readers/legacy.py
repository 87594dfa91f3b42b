"""Files that only an office program reads → DOCX or XLSX by LibreOffice, where it is installed, then read as such.

Old Word files (.doc, .wps, .rtf, .odt), binary workbooks (.xlsb), and single XML files (:mod:`.flat`).

LibreOffice works in a temporary folder with a profile of its own, which forbids it macros, links to other files and
the network, and is ended with all its children when the time is over.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory

from ..grid import Document
from ..problems import ReadError
from . import word, workbook
from .flat import flat
from .limits import Limits

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENDINGS = {_OLE: ".doc", b"{\\rt": ".rtf", b"PK\x03\x04": ".odt"}
#: The part that a binary workbook has.
_WORKBOOK = b"xl/workbook.bin"
_FILTERS = {"docx": "MS Word 2007 XML", "xlsx": "Calc MS Excel 2007 XML"}
_PROGRAMS = {"docx": "Word", "xlsx": "Excel"}
_SETTINGS = {
    ("Common/Security/Scripting", "BlockUntrustedRefererLinks"): "true",
    ("Common/Security/Scripting", "DisableMacrosExecution"): "true",
    ("Writer/Content/Update", "Link"): "0",
}
_PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">{}</oor:items>
"""
_SETTING = (
    '<item oor:path="/org.openoffice.Office.{}"><prop oor:name="{}" oor:op="fuse"><value>{}</value></prop></item>'
)


def read(data: bytes, *, name: str, limits: Limits) -> Document:
    """Read an old Word file, or a single XML file.

    Raises :class:`ReadError` when LibreOffice is not installed or cannot convert it, and as the DOCX reader does.
    """
    limits.check("max_bytes", len(data), "the file's size in bytes", name)
    if data.startswith(_OLE):
        if _holds(data, "EncryptedPackage"):
            raise ReadError(f"{name}: the document is protected by a password; save it without one.")
        if not _holds(data, "WordDocument") and (_holds(data, "Workbook") or _holds(data, "Book")):
            return workbook.read(data, name=name, limits=limits)
    text = _ENDINGS.get(data[:8], _ENDINGS.get(data[:4], ".doc")), "docx"
    ending, becomes = flat(data) or ((".xlsb", "xlsx") if _WORKBOOK in data else text)
    made = _converted(data, ending, becomes, name, limits)
    return (word if becomes == "docx" else workbook).read(made, name=name, limits=limits)


def _holds(data: bytes, stream: str) -> bool:
    """Whether an OLE file has a stream of that name."""
    return stream.encode("utf-16-le") in data


def _converted(data: bytes, ending: str, becomes: str, name: str, limits: Limits) -> bytes:
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        raise ReadError(
            f"{name}: an old Office file needs LibreOffice, which is not installed; install it, or open the file in "
            f"{_PROGRAMS[becomes]} or WPS and save it as .{becomes}."
        )
    with TemporaryDirectory(prefix="foi-office-", ignore_cleanup_errors=True) as folder:
        home = Path(folder)
        profile = home / "profile" / "user"
        profile.mkdir(parents=True)
        settings = "".join(_SETTING.format(*setting, value) for setting, value in _SETTINGS.items())
        (profile / "registrymodifications.xcu").write_text(_PROFILE.format(settings), encoding="utf-8")
        source = home / f"document{ending}"
        source.write_bytes(data)
        command = [
            program, "--headless", "--norestore", f"-env:UserInstallation={profile.parent.as_uri()}",
            "--convert-to", f"{becomes}:{_FILTERS[becomes]}", "--outdir", str(home / "out"), str(source),
        ]  # fmt: skip
        _run(command, home, name, limits)
        result = home / "out" / f"document.{becomes}"
        if not result.is_file():
            raise ReadError(
                f"{name}: LibreOffice could not convert the file; open it in {_PROGRAMS[becomes]} and save it as "
                f".{becomes}."
            )
        limits.check("max_bytes", result.stat().st_size, "the size in bytes of the converted file", name)
        return result.read_bytes()


def _run(command: list[str], home: Path, name: str, limits: Limits) -> None:
    process = subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, cwd=home,
        env=os.environ | {"HOME": str(home), "TMPDIR": str(home)}, start_new_session=True,
    )  # fmt: skip
    try:
        process.communicate(timeout=limits.timeout)
    except BaseException as error:
        _end(process)
        if not isinstance(error, subprocess.TimeoutExpired):
            raise
        raise ReadError(
            f"{name}: LibreOffice took longer than {limits.timeout:g} seconds; open the file in Word and save it as "
            ".docx, or pass limits=Limits(timeout=…)."
        ) from None


def _end(process: subprocess.Popen[bytes]) -> None:
    """End the process and its children: soffice is but the starter of the program that works."""
    if hasattr(os, "killpg"):
        os.killpg(process.pid, signal.SIGKILL)
    else:
        process.kill()
    # the pipe closes when the last of them is gone, and with it what they write in the folder
    process.communicate()
