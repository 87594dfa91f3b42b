"""Where the report may be that a web page without tables does not hold: in a frame, a file, a picture, a script."""

from __future__ import annotations

import re

from selectolax.lexbor import LexborHTMLParser, LexborNode

from .elements import outermost

_FILE = re.compile(r"\.(?:pdf|docx?|xlsx?|wps|et|ofd|zip|rar)(?:$|[?#])", re.IGNORECASE)
_REFUSED = re.compile(
    r"\b(?:40[0134]|50[0234])\b|not found|forbidden|bad gateway|访问被|拦截|禁止访问|不存在|无法访问|验证码|captcha",
    re.IGNORECASE,
)
#: A page of an error says little else.
_SHORT = 400
_LONGEST = 80


def elsewhere(markup: bytes) -> str:
    """What to do about a page without tables; nothing where it does not tell."""
    tree = LexborHTMLParser(markup)
    for selector, name, advice in (
        ("frame[src],iframe[src]", "src", "the page only frames {}; open that address and save what it shows"),
        ("embed[src]", "src", "the page only shows the file {}; download that and give it"),
        ("object[data]", "data", "the page only shows the file {}; download that and give it"),
    ):
        for node in tree.css(selector):
            if (node.attributes.get(name) or "about:blank") != "about:blank":
                return advice.format(_value(node, name))
    if tree.css_first("iframe[srcdoc]") is not None:
        return "its text stands in a frame (iframe srcdoc); open that frame in a window of its own and save it"
    for node in tree.css("a[href]"):
        if _FILE.search(node.attributes.get("href") or ""):
            return (
                f"the report may be in the file {_value(node, 'href')} that the page links; download that and give it"
            )
    if tree.css_first("input[type=password]") is not None:
        return "the page asks to sign in; do so in a browser and save the report that it then shows"
    held = outermost(tree.css("script,template,noscript"))
    if any("<table" in (node.html or "") for node in held):
        return "its tables stand in a script or a template; open it in a browser and save it once it is shown in full"
    text = " ".join((tree.body or tree.root).text().split()) if tree.root is not None else ""
    title = tree.css_first("title")
    if len(text) < _SHORT and _REFUSED.search(f"{title.text() if title is not None else ''} {text}"):
        return "this seems to be a notice of an error or of a refusal by the server; open the address and save it again"
    refresh = tree.css_first("meta[http-equiv=refresh i]")
    if refresh is not None:
        return f"the page leads on to another ({_value(refresh, 'content')}); save that"
    pictures = len(tree.css("img,canvas,svg"))
    if pictures:
        return f"the page shows {pictures} picture(s); if the report is one of them, run OCR on it first"
    return ""


def _value(node: LexborNode, name: str) -> str:
    """An address as it is written in the page, fit for a line of text."""
    text = "".join(c if c.isprintable() else "?" for c in node.attributes.get(name) or "")
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
