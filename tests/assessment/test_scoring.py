"""Points rest on something: what nobody looked at is neither won nor lost, and too little is not ranked."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from walkthrough_app.assessment.scoring import Basis, Score, places, score
from walkthrough_app.questionnaires.parts import Assessment, AssessmentPart, Band, RubricItem


def rubric(**weights: int) -> Assessment:
    return Assessment(
        parts=tuple(AssessmentPart(name, name, weight, "daily") for name, weight in weights.items()),
        items=tuple(RubricItem(f"{name}{n}", name, name, 10, name) for name in weights for n in (1, 2)),
        bands=(Band(0, "后进"), Band(90, "先进"), Band(60, "一般")),
    )


HALVES = rubric(daily=50, mass=50)


def scored(**shares: float | None) -> Score:
    return score(HALVES, {name: Basis(share, 1, 2) for name, share in shares.items()})


def test_all_full_is_a_hundred() -> None:
    found = scored(daily1=1, daily2=1, mass1=1, mass2=1)
    assert (found.total, found.coverage, found.band, found.evidence) == (100.0, 100, "先进", 8)


def test_the_parts_count_by_their_weights() -> None:
    found = score(
        rubric(daily=80, mass=20), {"daily1": Basis(1.0), "daily2": Basis(1.0), "mass1": Basis(0), "mass2": Basis(0)}
    )
    assert found.total == 80.0


def test_what_nobody_looked_at_counts_neither_way_but_lowers_the_coverage() -> None:
    found = scored(daily1=1, daily2=None, mass1=1, mass2=1)
    assert (found.total, found.coverage) == (100.0, 75)


def test_a_unit_about_which_nothing_was_found_is_not_ranked() -> None:
    nothing = scored()
    little = scored(daily1=1, daily2=1)
    assert (nothing.total, nothing.coverage, nothing.is_ranked) == (None, 0, False)
    assert (little.total, little.coverage, little.band) == (100.0, 50, "")


@pytest.mark.parametrize(
    ("share", "band"), [(1.0, "先进"), (0.9, "先进"), (0.89, "一般"), (0.6, "一般"), (0.59, "后进")]
)
def test_bands_begin_where_they_say(share: float, band: str) -> None:
    assert scored(daily1=share, daily2=share, mass1=share, mass2=share).band == band


def test_equal_totals_share_a_place() -> None:
    assert places([80.0, 95.0, 80.0, 70.0]) == {95.0: 1, 80.0: 2, 70.0: 4}


@given(st.dictionaries(st.sampled_from(["daily1", "daily2", "mass1", "mass2"]), st.floats(-3, 3) | st.none()))
def test_a_total_is_always_between_nought_and_a_hundred(shares: dict[str, Any]) -> None:
    total = scored(**shares).total
    assert total is None or 0 <= total <= 100
