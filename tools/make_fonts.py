"""Make liaocheng_foi/fonts/NotoSansSC-subset.ttf from the full Noto Sans SC.

    python tools/make_fonts.py path/to/NotoSansSC-Regular.ttf

The subset holds all of GB2312, ASCII, the marks that charts and pages use, and every character of the codebook and
of data/raw/organs.csv. Hinting, layout features and glyph names are left out. Run it again when a body's name has a
character that is not in it (tests/test_fonts.py says so).
"""

from __future__ import annotations

import sys
from pathlib import Path

from fontTools import subset

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "liaocheng_foi" / "fonts" / "NotoSansSC-subset.ttf"
MARKS = "−–—…·•×÷±≤≥≠≈→←↑↓△▲▼●○■□◆◇★☆√✓✗％‰℃№〇“”‘’《》〈〉【】〔〕「」『』（），。、；：？！\u00a0\u2009\u3000"


def gb2312() -> str:
    """Every character of GB2312, its symbols included."""
    found = []
    for high in range(0xA1, 0xF8):
        for low in range(0xA1, 0xFF):
            try:
                found.append(bytes((high, low)).decode("gb2312"))
            except UnicodeDecodeError:
                continue
    return "".join(found)


def wanted() -> str:
    """All characters that the subset must hold."""
    texts = [gb2312(), MARKS, "".join(map(chr, range(0x20, 0x7F)))]
    for path in (ROOT / "liaocheng_foi" / "codebook.csv", ROOT / "data" / "raw" / "organs.csv"):
        texts.append(path.read_text(encoding="utf-8"))
    return "".join(sorted(set("".join(texts)) - {"\n", "\r", "\t"}))


def main() -> None:
    """Write the subset."""
    options = subset.Options()
    options.layout_features = []
    options.hinting = False
    options.glyph_names = False
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14]
    options.notdef_outline = True
    options.drop_tables += ["GSUB", "GPOS", "GDEF", "vhea", "vmtx", "DSIG", "STAT", "VORG", "BASE"]
    options.recalc_timestamp = False
    font = subset.load_font(sys.argv[1], options)
    subsetter = subset.Subsetter(options)
    subsetter.populate(text=wanted())
    subsetter.subset(font)
    subset.save_font(font, str(TARGET), options)
    print(f"{TARGET.name}: {TARGET.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
