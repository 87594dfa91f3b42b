"""A sample of what ``benchmarks/accuracy.py`` counts over thousands: no figure is wrong without a word about it."""

from collections import Counter

import pytest
from generated import generated, plain
from media import MANNERS


@pytest.mark.parametrize("part", range(4))
def test_no_generated_document_has_a_silent_wrong_cell(part):
    counts = Counter()
    for number in range(part, 48, 4):
        outcome = generated(7, number)
        assert outcome.silent == [], f"document {number}: {outcome.manner}, {'+'.join(outcome.changes)}"
        counts.update(outcome.counts)
    # most is read, not only admitted as missing
    assert counts["right"] > 0.8 * counts.total()


def test_every_manner_of_every_medium_is_read_without_a_change():
    for manner in MANNERS.keys() - {"txt-lines"}:
        for edition in (2019, 2021):
            assert set(plain(manner, edition).values()) == {"right"}, (manner, edition)
