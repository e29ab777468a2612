"""Every forgery is seen by the rule that is there for it; honest walks are left in peace."""

from types import SimpleNamespace

import pytest

from tests.quality import forged, honest
from tests.quality.town import Town

HONEST = 200
KINDS = [
    (rule, case)
    for rule, case in (
        ("step_short", "among"),
        ("steps_missing", "default"),
        ("timing_typed", "share"),
        ("clock_changed", "clock"),
        ("no_evidence", "default"),
        ("finding_bare", "default"),
        ("evidence_elsewhen", "outside"),
        ("evidence_elsewhen", "late"),
        ("picture_same", "other"),
        ("picture_same", "unit"),
        ("picture_same", "own"),
        ("text_copied", "other"),
        ("answers_alike", "default"),
        ("answers_rushed", "dense"),
        ("answers_rushed", "late"),
        ("device_other", "default"),
        ("overlap", "default"),
        ("simulated_unplanned", "default"),
        ("no_finding", "default"),
    )
]


@pytest.fixture(scope="module")
def town() -> SimpleNamespace:
    """Two hundred honest walks and one of every forgery, set side by side."""
    good = honest.walks(HONEST, seed=7)
    bad = forged.all_of_them(good)
    together = Town([*good, *(walk for walk, _, _ in bad)])
    return SimpleNamespace(good=good, bad={(rule, case): walk for walk, rule, case in bad}, town=together)


@pytest.mark.parametrize(("rule", "case"), KINDS)
def test_a_forgery_is_seen_by_its_rule(town: SimpleNamespace, rule: str, case: str) -> None:
    found = town.town.flags(town.bad[rule, case])
    assert (rule, case) in {(one.rule.id, one.hit.case) for one in found}, [one.sentence for one in found]
    assert all("{" not in one.sentence for one in found)


def test_every_forgery_is_tried(town: SimpleNamespace) -> None:
    assert set(town.bad) == set(KINDS)


def test_honest_walks_are_left_in_peace(town: SimpleNamespace) -> None:
    """The bounds of docs/quality.md: at most 2 % are asked to be looked at, at most 12 % carry any note."""
    innocent = [walk for walk in town.good if walk not in town.bad.values()]
    found = [town.town.flags(walk) for walk in innocent]
    # Whoever shares an hour with a forger is told so too: that is not the rule's mistake.
    flagged = [[one for one in flags if one.rule.id != "overlap"] for flags in found]
    asked = sum(any(one.level == "look" for one in flags) for flags in flagged)
    noted = sum(bool(flags) for flags in flagged)
    assert asked <= HONEST * 0.02
    assert noted <= HONEST * 0.12


def test_a_sentence_tells_a_length_beside_what_is_usual(town: SimpleNamespace) -> None:
    found = town.town.flags(town.bad["step_short", "among"])
    sentence = next(one.sentence for one in found if one.rule.id == "step_short")
    assert sentence.startswith("“")
    assert "环节用时16秒，同一事项的其他" in sentence
    assert "次走流程一般在" in sentence


def test_another_unit_is_never_named(town: SimpleNamespace) -> None:
    shown = town.town.flags(town.bad["picture_same", "other"])
    same = next(one for one in shown if one.rule.id == "picture_same")
    assert same.sentence == "1张照片与另一单位的一次走流程里的照片是同一张。"
    assert len(same.hit.others) == 1
