"""Texts and workbooks in a single XML file, served as .doc and .xls by portals: told from other XML by their heads."""

from __future__ import annotations

from typing import NamedTuple


class Flat(NamedTuple):
    """What such a file is."""

    ending: str
    """By which LibreOffice knows it."""
    becomes: str
    """``docx`` or ``xlsx``."""


_MARKS = {
    b"schemas.microsoft.com/office/word/2003/wordml": Flat(".xml", "docx"),
    b"urn:schemas-microsoft-com:office:spreadsheet": Flat(".xml", "xlsx"),
    b"application/vnd.oasis.opendocument.text": Flat(".fodt", "docx"),
    b"application/vnd.oasis.opendocument.spreadsheet": Flat(".fods", "xlsx"),
}
#: So many bytes are the head.
_HEAD = 8192


def flat(data: bytes) -> Flat | None:
    """What single XML file of an office program the bytes are; None for anything else."""
    head = data[:_HEAD]
    if b"<?xml" not in head[:64] or b"<html" in head:
        return None
    return next((found for mark, found in _MARKS.items() if mark in head), None)
