"""Web pages saved as one file (MHTML) → the page in it, or the sheets of a workbook saved so."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from email import message_from_bytes, policy
from email.errors import MessageError

from ...grid import Document
from ...problems import ReadError
from .. import html
from ..limits import Limits


def read(data: bytes, *, name: str, limits: Limits) -> Document:
    """Read the first page of the file, and the tables of the pages behind it, which are those of its frames.

    Raises :class:`ReadError` when there is none.
    """
    limits.check("max_text", len(data), "the size of the saved page in bytes", name)
    limits.check("max_parts", data.count(b"\n--"), "the number of parts of the saved page", name)
    limits.check("max_depth", data.lower().count(b"multipart/"), "the depth of parts within parts", name)
    try:
        parts = message_from_bytes(data, policy=policy.compat32).walk()
        found = [part.get_payload(decode=True) for part in parts if part.get_content_type() == "text/html"]
    except (MessageError, RecursionError, ValueError, LookupError):
        found = []
    pages = [page for page in found if isinstance(page, bytes)]
    if not pages:
        raise ReadError(f"{name}: there is no web page in this file; save the page as HTML and give that.")
    framed = list(_with_tables(pages[1:], name, limits))
    try:
        documents = [html.read(pages[0], name=name, limits=limits), *framed]
    except ReadError:
        documents = framed
        if not framed:
            raise
    blocks = [block for document in documents for block in document.blocks]
    problems = [problem for document in documents for problem in document.problems]
    first = documents[0]
    return Document(blocks, "html", name, first.title, first.meta, problems, "" if framed else first.advice)


def _with_tables(pages: list[bytes], name: str, limits: Limits) -> Iterator[Document]:
    for page in pages:
        with suppress(ReadError):
            document = html.read(page, name=name, limits=limits)
            if any(document.grids()):
                yield document
