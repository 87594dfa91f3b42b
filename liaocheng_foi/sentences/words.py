"""How numbers, changes and rates are put into words, zh and en."""

from __future__ import annotations

from collections.abc import Sequence

from ..measures.rounding import half_up, percent
from ..plural import Count

#: Below this denominator or base no percentage is put into words.
TINY = 10

#: Units as they stand behind a number in an English sentence; requests and documents are named by the sentence.
_UNITS_EN = {"件": "", "项": "items", "万元": "× 10,000 yuan"}


def number(value: float | None) -> Count:
    """A number with thousands separators, a dash where there is none."""
    if value is None or value != value:
        return Count("—")
    return Count(f"{value:,.0f}" if value == int(value) else f"{half_up(float(value)):,}")


def quantity(value: float, unit: str, lang: str) -> str:
    """A number with its unit."""
    return f"{number(value)}{unit}" if lang == "zh" else f"{number(value)} {_UNITS_EN.get(unit, unit)}".strip()


def signed(value: float, digits: int = 0) -> str:
    """A difference with its sign, rounded half up; a true minus."""
    rounded = half_up(float(value), digits)
    return f"{rounded:+,}".replace("-", "−") if rounded else f"{abs(rounded)}"


def joined(words: Sequence[str], lang: str = "en") -> str:
    """``A、B、C`` or ``A, B and C``."""
    if lang == "zh":
        return "、".join(words)
    return " and ".join(words) if len(words) < 3 else ", ".join(words[:-1]) + " and " + words[-1]


def growth(base: float, value: float) -> str:
    """``+0.40%``; empty for a base under :data:`TINY`, of which a percentage says little."""
    change = percent(value - base, base) if base >= TINY else None
    return "" if change is None else f"{signed(float(change), 2)}%"


def over_time(label: str, unit: str, base: tuple[str, float | None], to: tuple[str, float | None], lang: str) -> str:
    """One quantity in two years, without the full stop: rise, fall, no change, from or to 0, or what is missing.

    ``base`` and ``to`` are the years in words and their figures.
    """
    (before, old), (after, new) = base, to
    if _none(old) or _none(new):
        said = [_missing(when, lang) if _none(value) else _there(when, value, unit, lang) for when, value in (base, to)]
        return f"{label}：{'，'.join(said)}" if lang == "zh" else f"{label}: {', '.join(said)}"
    assert old is not None and new is not None
    if old == new:
        same = quantity(new, unit, lang)
        if lang == "zh":
            return f"{label}：{before}和{after}均为{same}"
        return f"{label}: {same} in both {before} and {after}"
    rate = growth(old, new)
    if lang == "zh":
        verb = "增至" if new > old else "减至"
        step = "，".join(filter(None, (f"{signed(new - old, _digits(new - old))}{unit}", rate)))
        return f"{label}：由{before}的{quantity(old, unit, lang)}{verb}{after}的{quantity(new, unit, lang)}（{step}）"
    verb = "rose" if new > old else "fell"
    step = ", ".join(filter(None, (signed(new - old, _digits(new - old)), rate)))
    first, last = (quantity(value, unit, lang) for value in (old, new))
    return f"{label} {verb} from {first} in {before} to {last} in {after} ({step})"


def side_by_side(label: str, unit: str, base: tuple[str, float | None], to: tuple[str, float | None], lang: str) -> str:
    """One quantity of two bodies, without the full stop; nothing of it is called a rise or a fall."""
    (a, one), (b, other) = base, to
    said = [
        (f"{who}{number(value)}" + ("" if _none(value) else unit)) if lang == "zh"
        else f"{who} {number(value) if _none(value) else quantity(value or 0, unit, lang)}"
        for who, value in (base, to)
    ]  # fmt: skip
    text = f"{label}：{'，'.join(said)}" if lang == "zh" else f"{label}: {', '.join(said)}"
    if _none(one) or _none(other):
        return text + ("（有一方没有数字）" if lang == "zh" else " (no figure for one side)")
    assert one is not None and other is not None
    if one == other:
        return text + ("（相同）" if lang == "zh" else " (equal)")
    more, difference = (b if other > one else a), quantity(abs(other - one), unit, lang)
    return text + (f"（{more}多{difference}）" if lang == "zh" else f" ({difference} more in {more})")


def rate(value: float, numerator: float, denominator: float, lang: str) -> str:
    """``43.57%（1,519/3,486）``; counts alone under :data:`TINY` cases."""
    counts = f"{number(numerator)}/{number(denominator)}"
    if denominator < TINY:
        return counts
    shown = f"{half_up(float(value))}%"
    return f"{shown}（{counts}）" if lang == "zh" else f"{shown} ({counts})"


def sentence(text: str, lang: str) -> str:
    """A text as a sentence: in English its first letter large, a full stop."""
    return f"{text}。" if lang == "zh" else f"{text[:1].upper()}{text[1:]}."


def _none(value: float | None) -> bool:
    return value is None or value != value


def _digits(value: float) -> int:
    return 0 if value == int(value) else 2


def _missing(when: str, lang: str) -> str:
    return f"{when}没有数字" if lang == "zh" else f"no figure for {when}"


def _there(when: str, value: float | None, unit: str, lang: str) -> str:
    shown = quantity(value or 0, unit, lang)
    return f"{when}{shown}" if lang == "zh" else f"{shown} in {when}"
