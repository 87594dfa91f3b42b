"""Bytes → text whose lines all end alike."""

from __future__ import annotations

from ...problems import Problem, ReadError
from ..encoding import decode, is_binary
from ..limits import Limits

#: Also those that word processors put within a paragraph.
_LINE_ENDS = ("\r\n", "\r", "\v", "\u2028", "\u2029")


def decoded(data: bytes, name: str, limits: Limits) -> tuple[str, list[Problem]]:
    """The text, and a problem where some of its letters were damaged.

    Raises :class:`ReadError` when the file holds no text or is over a limit.
    """
    limits.check("max_text", len(data), "the text's size in bytes", name)
    text, replaced, _ = decode(data)
    if not text.strip():
        raise ReadError(f"{name}: the file holds no text.")
    if is_binary(text) or replaced * 5 > len(text):
        raise ReadError(f"{name}: this is not a text file; give HTML, PDF, DOCX, XLSX, CSV, Markdown or text.")
    problems = [Problem("encoding-replaced", details={"count": replaced})] if replaced else []
    for end in _LINE_ENDS:
        text = text.replace(end, "\n")
    return text, problems
