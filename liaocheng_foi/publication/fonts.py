"""The part of the package's font that one page needs, to go inside the page."""

from __future__ import annotations

import base64
import io
from importlib.resources import files

#: Marks that the browser may put in by itself (ellipses, hyphens) beside what stands in the page.
_ALWAYS = "".join(map(chr, range(0x20, 0x7F))) + "…—–−·“”‘’、。，：；（）"


def font_face(text: str) -> str:
    """A CSS ``@font-face`` rule with just the characters of ``text``; the same bytes for the same text."""
    data = base64.b64encode(subset(text)).decode("ascii")
    return f'@font-face {{ font-family: "Noto Sans SC"; src: url(data:font/woff;base64,{data}) format("woff"); }}'


def subset(text: str) -> bytes:
    """WOFF of the characters of ``text`` that the font has."""
    from fontTools import subset as subsetting

    options = subsetting.Options()
    options.flavor = "woff"
    options.hinting = False
    options.layout_features = []
    options.glyph_names = False
    options.recalc_timestamp = False
    path = files("liaocheng_foi").joinpath("fonts", "NotoSansSC-subset.ttf")
    font = subsetting.load_font(str(path), options)
    # names of its own, which the file does not keep: else the library finds one in the character map for each
    font.setGlyphOrder([f"glyph{number}" for number in range(font["maxp"].numGlyphs)])
    subsetter = subsetting.Subsetter(options)
    subsetter.populate(text="".join(sorted(set(text) | set(_ALWAYS))))
    subsetter.subset(font)
    target = io.BytesIO()
    subsetting.save_font(font, target, options)
    font.close()
    return target.getvalue()
