"""Packed Office documents (DOCX, XLSX): their parts, bounded before anything is unpacked, and the blanks of their text.

The Strict namespaces of ISO 29500 become the usual ones on the way in, so that readers know one of each.
"""

from __future__ import annotations

import io
import posixpath
import re
import struct
import zipfile
import zlib

from lxml import etree

from ..problems import ReadError
from .colours import BLACK, WHITE, Colour
from .limits import Limits

_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_PKG = "{http://schemas.microsoft.com/office/2006/xmlPackage}"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TITLE = "{http://purl.org/dc/elements/1.1/}title"
_STRICT = {
    b"http://purl.oclc.org/ooxml/wordprocessingml/main": (
        b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    ),
    b"http://purl.oclc.org/ooxml/spreadsheetml/main": b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    b"http://purl.oclc.org/ooxml/officeDocument/relationships": _OFFICE.encode(),
    b"http://purl.oclc.org/ooxml/officeDocument/math": b"http://schemas.openxmlformats.org/officeDocument/2006/math",
}
_UNSEEN = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"), None) | {0xA0: " ", ord("\r"): "\n"}
_BLANKS = re.compile(r"[ \t\f]+")
#: Begins the entry of a part in the list at the end of an archive.
_ENTRY = b"PK\x01\x02"


def archive(data: bytes, name: str, limits: Limits) -> zipfile.ZipFile:
    """The archive with its list of parts; raises :class:`ReadError` when it is damaged or lists too many."""
    limits.check("max_parts", data.count(_ENTRY), "the number of parts", name)
    try:
        return zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, struct.error):
        raise ReadError(f"{name}: the packed file is damaged; download it again, or save it anew.") from None


def packed(data: bytes, name: str, limits: Limits) -> bytes:
    """A document that Office saved as a single XML file (Flat OPC), as the archive that it would be otherwise."""
    limits.check("max_unpacked", len(data), "the file's size in bytes", name)
    root = _parsed(data, "of the document", name, limits)
    insides = {part.get(_PKG + "name", "").lstrip("/"): part.find(_PKG + "xmlData") for part in root}
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as made:
        for part, inside in insides.items():
            if inside is not None and len(inside):
                made.writestr(part, etree.tostring(inside[0], encoding="utf-8"))
    return target.getvalue()


class Package:
    """The parts of one packed document, each unpacked when asked for.

    Raises :class:`ReadError` when it is no archive, damaged, protected by a password or over a limit.
    """

    def __init__(self, data: bytes, name: str, limits: Limits) -> None:
        self.name = name
        self._limits = limits
        self._unpacked = 0
        limits.check("max_bytes", len(data), "the file's size in bytes", name)
        self._archive = archive(data, name, limits)
        # some writers use backslashes, or differ in case between a part and what refers to it
        self._parts = {_key(info.filename): info for info in self._archive.infolist()}

    def parts(self) -> list[str]:
        """The names of its parts, in small letters."""
        return list(self._parts)

    def read(self, part: str) -> bytes | None:
        """The bytes of a part; None when there is no such part."""
        info = self._parts.get(_key(part))
        if info is None:
            return None
        if info.flag_bits & 1:
            raise ReadError(f"{self.name}: the document is protected by a password; save it without one.")
        what = f"the unpacked size in bytes up to {part}"
        self._limits.check("max_unpacked", self._unpacked + info.file_size, what, self.name)
        room = self._limits.max_unpacked - self._unpacked
        try:
            with self._archive.open(info) as stream:
                data = stream.read(room + 1)
        except (zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError, NotImplementedError, RuntimeError):
            raise _damaged(self.name, f"the part {part} is damaged") from None
        self._unpacked += len(data)
        self._limits.check("max_unpacked", self._unpacked, what, self.name)
        return data

    def xml(self, part: str) -> etree._Element | None:
        """The root of an XML part, comments gone and entities never resolved; None when there is no such part."""
        data = self.read(part)
        return None if data is None else self.parsed(data, part)

    def parsed(self, data: bytes, part: str) -> etree._Element:
        """The root of the XML that was read of a part."""
        return _parsed(data, part, self.name, self._limits)

    def main(self, usual: str) -> str:
        """Name of the part that is the document itself, ``usual`` where nothing says otherwise."""
        found = (target for kind, target in self.relationships("").values() if kind.endswith("/officeDocument"))
        return next((target for target in found if _key(target) in self._parts), usual)

    def relationships(self, part: str) -> dict[str, tuple[str, str]]:
        """id → (kind, part name) of what a part refers to inside the package."""
        folder, file = posixpath.split(part)
        root = self.xml(posixpath.join(folder, "_rels", f"{file}.rels"))
        if root is None:
            return {}
        return {
            link.get("Id", ""): (link.get("Type", ""), posixpath.normpath(posixpath.join("/", folder, target))[1:])
            for link in root
            if link.get("TargetMode") != "External" and (target := link.get("Target"))
        }

    def title(self) -> str | None:
        """Title in the document's properties; None also where they cannot be read, for the text can."""
        try:
            root = self.xml("docProps/core.xml")
        except ReadError:
            return None
        return (shown(root.findtext(_TITLE) or "") or None) if root is not None else None


def _damaged(name: str, what: str) -> ReadError:
    return ReadError(f"{name}: {what}; download it again, or open it in Office and save it anew.")


def _parsed(data: bytes, part: str, name: str, limits: Limits) -> etree._Element:
    marks = data.count(b"<") + data.count(b"=")
    limits.check("max_marks", marks, f"the number of tags and attributes in {part}", name)
    if b"purl.oclc.org" in data:
        for strict, usual in _STRICT.items():
            data = data.replace(strict, usual)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True,
        remove_pis=True,
    )  # fmt: skip
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        reason = " ".join(str(error).split(" (<string>")[0].split())[:120]
        raise _damaged(name, f"the part {part} is no sound XML ({reason})") from None
    if root.getroottree().docinfo.internalDTD is not None:
        raise ReadError(f"{name}: the part {part} has a document type, which Office never writes; refused.")
    return root


def _key(part: str) -> str:
    return part.replace("\\", "/").lstrip("/").lower()


def shown(text: str) -> str:
    """Text with runs of blanks as one, blank lines and unseen characters gone; line ends stay."""
    text = text.strip()
    if not text or (text.isascii() and text.isalnum()):
        return text
    lines = _BLANKS.sub(" ", text.translate(_UNSEEN)).split("\n")
    return "\n".join(line for part in lines if (line := part.strip()))


def theme(package: Package, part: str) -> dict[str, Colour]:
    """name → colour of the theme of a document whose main part is this: ``dk1``, ``lt1``, …, ``accent6``, ``hlink``."""
    links = package.relationships(part).values()
    root = next((package.xml(target) for kind, target in links if kind.endswith("/theme")), None)
    scheme = None if root is None else next(root.iter(_A + "clrScheme"), None)
    found = {"dk1": BLACK, "lt1": WHITE}
    for entry in () if scheme is None else scheme:
        color = next((Colour.of(value.get("lastClr") or value.get("val")) for value in entry), None)
        if color is not None:
            found[entry.tag.removeprefix(_A)] = color
    return found
