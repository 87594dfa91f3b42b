"""Web pages saved as one file (MHTML) → the page in it."""

from __future__ import annotations

from email import message_from_bytes, policy
from email.errors import MessageError

from ..grid import Document
from ..problems import ReadError
from . import html
from .limits import Limits


def read(data: bytes, *, name: str, limits: Limits) -> Document:
    """Read the first page of the file; frames and pictures behind it are left out.

    Raises :class:`ReadError` when there is none.
    """
    limits.check("max_text", len(data), "the size of the saved page in bytes", name)
    limits.check("max_parts", data.count(b"\n--"), "the number of parts of the saved page", name)
    limits.check("max_depth", data.lower().count(b"multipart/"), "the depth of parts within parts", name)
    try:
        parts = message_from_bytes(data, policy=policy.compat32).walk()
        page = next((part.get_payload(decode=True) for part in parts if part.get_content_type() == "text/html"), None)
    except (MessageError, RecursionError, ValueError, LookupError):
        page = None
    if not isinstance(page, bytes):
        raise ReadError(f"{name}: there is no web page in this file; save the page as HTML and give that.")
    return html.read(page, name=name, limits=limits)
