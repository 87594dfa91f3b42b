"""The style of an element → what it says of the text in it: whether it is seen, in what colour, and where it stands."""

from __future__ import annotations

import re
from colorsys import hls_to_rgb
from functools import lru_cache
from math import isnan, nan
from typing import NamedTuple

from ..colours import BLACK, WHITE, Colour

#: Properties by which nothing may be seen, by which what is seen may stand elsewhere, or be seen otherwise; and all.
_VANISHING = frozenset(
    (
        "opacity", "filter", "scale", "transform", "translate", "content-visibility", "clip", "clip-path", "position",
        "text-indent", "zoom",
    )
)  # fmt: skip
_PLACING = frozenset(
    (
        "float", "position", "order", "translate", "transform", "margin", "margin-left", "margin-right", "padding",
        "padding-left", "padding-right", "display", "vertical-align",
    )
)  # fmt: skip
_ALTERING = frozenset(
    (
        "transform", "rotate", "filter", "-webkit-text-security", "mask", "mask-image", "-webkit-mask", "z-index",
        "letter-spacing",
    )
)  # fmt: skip
_FAR_AWAY = ("left", "right", "top", "bottom", "inset", "margin", "margin-left", "margin-right", "margin-top")
_SIZES, _OVERFLOWS = ("width", "max-width", "height", "max-height"), ("overflow", "overflow-x", "overflow-y")
#: Properties of what is around the tables that tell the looks of what stands in them.
PAINT = frozenset(("color", "background", "background-color"))
_PROPERTIES = _VANISHING.union(
    _PLACING, _ALTERING, _FAR_AWAY, _SIZES, _OVERFLOWS,
    (
        "visibility", "content", "color", "-webkit-text-fill-color", "background", "background-color", "font",
        "font-size", "text-decoration", "text-decoration-line", "unicode-bidi",
    ),
)  # fmt: skip
_COMMENT = re.compile(r"/\*.*?(?:\*/|$)", re.DOTALL)
_HEXADECIMAL = re.compile(r"#?([0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})")
_FUNCTION = re.compile(r"(rgb|hsl)a?\(([^()]*)\)")
_PART, _AMOUNT = re.compile(r"[\d.+-]+%?"), re.compile(r"([+-]?(?:\d+\.?\d*|\.\d+))(%?)")
_COLOUR = re.compile(r"#[0-9a-f]+|(?:rgb|hsl)a?\([^()]*\)|[^\s(]+")
#: Names of colours that hardly differ from white.
_WHITES = frozenset(
    ("white", "snow", "ivory", "ghostwhite", "mintcream", "azure", "floralwhite", "aliceblue", "honeydew", "whitesmoke")
)
#: Words for values that stand elsewhere.
_OF_OTHERS = frozenset(("inherit", "initial", "unset", "revert", "revert-layer", "currentcolor"))
#: A ground less opaque than this shows what is under it.
_THIN = 0.5
#: Longer values say nothing that matters; longer styles are hardly met again.
_LONGEST_VALUE, _LONGEST = 100, 300
#: Units of length beyond which nothing is on the screen, and a size in points or times the usual that is none.
_FAR, _POINTS, _TIMES = 900, 2, 0.1
_FONT_SIZE = re.compile(r"(?:^|\s)(0|[\d.]+(?:px|pt|r?em|%))(?=[\s/]|$)")
_OUT_OF_LINE, _SHIFTED = ("absolute", "fixed"), ("relative", "sticky")
_WITHIN_LINE = frozenset(("inline", "contents", "none", "ruby", "initial", "inherit", "unset"))
_MIRRORED = re.compile(r"rotate|matrix|skew|scale[xy3d]*\([^()]*-")
_NO_SCALE = re.compile(r"scale[xy3d]*\(\s*0?(?:\.0\d*)?\s*[,)]")
_CLIPPED = re.compile(
    r"rect\(\s*[01]?(?:px)?[\s,]+[01]?(?:px)?[\s,]|inset\((?:50|100)%|circle\(0(?:\D|$)|polygon\((?:0[^\d(]*)*\)"
)


class Said(NamedTuple):
    """What a style says."""

    hidden: bool
    """Takes no room either."""
    gone: bool
    """Nothing in it is seen, whatever the styles of what stands in it."""
    cramped: bool
    """A block has no room for what stands in it."""
    struck: bool
    large: bool | None
    """Whether letters have a size at all; None where it does not say, as below."""
    visible: bool | None
    colour: Colour | None
    ground: Colour | None
    raised: bool
    placed: bool
    """Stands somewhere else than it is written."""
    spread: bool
    """Places each of its parts."""
    turned: bool
    filled: bool
    """The style sheet puts text before or after it."""
    doubtful: bool
    """Is seen, but not as it is written."""

    @property
    def unseen(self) -> bool:
        """Whether text in it may not be seen."""
        return (
            self.gone
            or self.cramped
            or self.struck
            or self.large is False
            or self.visible is False
            or (self.colour is not None and (self.colour.is_faint or self.colour.is_like(WHITE)))
            or (self.ground is not None and self.ground.is_like(self.colour or BLACK))
        )

    @property
    def hides(self) -> bool:
        """Whether text in it is not seen whatever is around, or is not all that is seen, or is a note."""
        return (
            self.hidden or self.gone or self.struck or self.large is False or self.visible is False or self.raised
            or self.filled
        )  # fmt: skip

    @property
    def matters(self) -> bool:
        """Whether text in it may not be read as it is written."""
        return (
            self.unseen or self.hidden or self.raised or self.placed or self.spread or self.turned or self.filled
            or self.doubtful or (self.ground is not None and not self.ground.is_like(WHITE))
        )  # fmt: skip


def declarations(text: str) -> tuple[dict[str, str], dict[str, str]]:
    """property that matters → value declared last: those that are not marked as important, and those that are."""
    usual: dict[str, str] = {}
    important: dict[str, str] = {}
    if "/*" in text:
        text = _COMMENT.sub("", text)
    for declaration in text.lower().split(";"):
        name, _, value = declaration.partition(":")
        name = name.strip()
        if name in _PROPERTIES:
            value, mark, _ = value.partition("!")
            (important if mark else usual)[name] = value[:_LONGEST_VALUE].strip()
    return usual, important


def painted(style: str) -> str:
    """What a style says of colours."""
    usual, important = declarations(style)
    return ";".join(f"{name}:{value}" for name, value in (usual | important).items() if name in PAINT)


def said(style: str) -> Said | None:
    """What a style says; nothing where that cannot matter."""
    return _said(style) if len(style) <= _LONGEST else _said.__wrapped__(style)


@lru_cache(maxsize=4096)
def _said(style: str) -> Said | None:
    usual, important = declarations(style)
    told = _told(usual | important)
    return told if told.matters or told[4:8] != (None, None, None, None) else None


def _told(declared: dict[str, str]) -> Said:
    get = declared.get
    display, visibility = get("display", ""), get("visibility")
    size = get("font-size")
    if size is None and "font" in declared:
        size = next(iter(_FONT_SIZE.findall(declared["font"])), None)
    letters = colour(get("-webkit-text-fill-color", get("color", "")))
    ground = get("background-color", get("background", ""))
    return Said(
        hidden=display == "none",
        gone=not _VANISHING.isdisjoint(declared) and _is_gone(declared),
        cramped=not declared.keys().isdisjoint(_OVERFLOWS) and _has_no_room(declared),
        struck="line-through" in get("text-decoration", "") + get("text-decoration-line", ""),
        large=None if size in _OF_OTHERS else _is_large(size),
        visible=None if visibility is None or visibility in _OF_OTHERS else visibility == "visible",
        colour=letters,
        ground=letters if ground == get("color") else _ground(ground),
        raised=get("vertical-align") in ("super", "sub"),
        placed=not _PLACING.isdisjoint(declared) and _is_placed(declared, size is not None),
        spread="flex" in display or "grid" in display,
        turned="override" in get("unicode-bidi", ""),
        filled="content" in declared,
        doubtful=not _ALTERING.isdisjoint(declared) and _is_altered(declared),
    )


def _is_moved(declared: dict[str, str]) -> bool:
    position = declared.get("position")
    return position in _OUT_OF_LINE or (position in _SHIFTED and any(_is_some(declared.get(s)) for s in _FAR_AWAY[:5]))


def _is_gone(declared: dict[str, str]) -> bool:
    get = declared.get
    transform = get("transform", "")
    return (
        _is_none(get("opacity"), 0.1)
        or "opacity(0" in get("filter", "")
        or _is_none(get("scale"), 0.05)
        or _NO_SCALE.search(transform) is not None
        or ("translate" in transform and _is_far(transform))
        or _is_far(get("translate", ""))
        or get("content-visibility") == "hidden"
        or _CLIPPED.search(get("clip-path", "")) is not None
        or (get("position") in _OUT_OF_LINE and _CLIPPED.search(get("clip", "")) is not None)
        or (_is_moved(declared) and any(_is_far(declared[side]) for side in _FAR_AWAY if side in declared))
        or _is_far(get("text-indent", ""))
        or _is_none(get("zoom"), 0.15)
    )


def _is_placed(declared: dict[str, str], has_size: bool) -> bool:
    get = declared.get
    display, height = get("display", "inline"), get("vertical-align", "")
    return (
        get("float") in ("left", "right")
        or _is_moved(declared)
        or _is_some(get("order"))
        or get("translate", "none") != "none"
        or get("transform", "none") != "none"
        or any(map(_is_some, _beside(declared)))
        or display not in _WITHIN_LINE
        or _is_some(height)
        or ("top" in height and has_size)
    )


def _is_altered(declared: dict[str, str]) -> bool:
    get = declared.get
    return (
        _MIRRORED.search(get("transform", "")) is not None
        or _is_some(get("rotate"))
        or "blur" in get("filter", "")
        or get("-webkit-text-security", "none") != "none"
        or "gradient" in get("mask", "") + get("mask-image", "") + get("-webkit-mask", "")
        or (get("position") in _OUT_OF_LINE + _SHIFTED and get("z-index", "").startswith("-"))
        or _is_tight(get("letter-spacing", ""))
    )


def colour(value: str) -> Colour | None:
    """A colour as style sheets and attributes write it; None for that of another element.

    One by a name or in a way that is not known here is like no other.
    """
    if not value or value in _OF_OTHERS or value.startswith("var("):
        return None
    if value in _WHITES:
        return WHITE
    if value == "black":
        return BLACK
    if value == "transparent":
        return BLACK._replace(opaque=0)
    match = _HEXADECIMAL.fullmatch(value)
    if match:
        digits = match[1] if len(match[1]) > 4 else "".join(digit * 2 for digit in match[1])
        red, green, blue, *opaque = (float(int(digits[i : i + 2], 16)) for i in range(0, len(digits), 2))
        return Colour(red, green, blue, opaque[0] / 255 if opaque else 1)
    match = _FUNCTION.fullmatch(value)
    parts = [_amount(part) or 0 for part in _PART.findall(match[2])] if match else []
    if match is None or not 3 <= len(parts) <= 4:
        return Colour(nan, nan, nan)
    red, green, blue = parts[:3]
    if match[1] == "hsl":
        red, green, blue = (part * 255 for part in hls_to_rgb(red / 360, blue, green))
    elif "%" in match[2].partition("/")[0]:
        red, green, blue = red * 255, green * 255, blue * 255
    return Colour(red, green, blue, *parts[3:])


def _ground(value: str) -> Colour | None:
    """The colour of a ground, which is none where it is thin."""
    if value == "none":
        return None
    colours = [colour(word) for word in _COLOUR.findall(value)]
    found = sorted(filter(None, colours), key=lambda each: isnan(each.red))
    return found[0] if found and found[0].opaque >= _THIN else None


def _amount(value: str | None) -> float | None:
    match = _AMOUNT.match(value or "")
    return (float(match[1]) / 100 if match[2] else float(match[1])) if match else None


def _is_none(value: str | None, least: float) -> bool:
    amount = _amount(value)
    return amount is not None and abs(amount) < least


def _is_some(value: str | None) -> bool:
    return bool(_amount(value))


def _is_far(value: str) -> bool:
    return any(abs(float(number)) >= _FAR for number, _ in _AMOUNT.findall(value))


def _is_large(size: str | None) -> bool | None:
    amount = _amount(size)
    if size is None or amount is None:
        return None
    if "p" in size:
        return amount >= _POINTS
    # a size in times that of what is around is no size of its own
    return None if amount >= _TIMES else False


def _has_no_room(declared: dict[str, str]) -> bool:
    overflow = "".join(declared.get(name, "") for name in _OVERFLOWS)
    return ("hidden" in overflow or "clip" in overflow) and any(_is_nothing(declared.get(size)) for size in _SIZES)


def _is_nothing(length: str | None) -> bool:
    amount = _amount(length)
    return amount == 0 or (amount is not None and amount < _POINTS and length is not None and "p" in length)


def _beside(declared: dict[str, str]) -> list[str]:
    """Margins and paddings at the left and right."""
    found = []
    for name in ("margin", "padding"):
        found += [declared[side] for side in (f"{name}-left", f"{name}-right") if side in declared]
        around = declared.get(name, "").split()
        found += around[1::2] if len(around) > 1 else around
    return found


def _is_tight(spacing: str) -> bool:
    """Whether letters are set over each other."""
    amount = _amount(spacing)
    return amount is not None and amount < 0 and ("em" in spacing and amount < -0.3 or "p" in spacing and amount < -4)
