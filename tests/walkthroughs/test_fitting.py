"""The quick yes says yes to nothing that the schema refuses, and to all that phones send."""

import copy
import json
import random
from pathlib import Path
from typing import Any

import pytest

from walkthrough_app.walkthroughs.fitting import _kinds, event_fits
from walkthrough_app.walkthroughs.package import validator

VECTORS = Path(__file__).parents[1] / "vectors"
STRANGE = [
    None,
    True,
    False,
    0,
    -1,
    1.5,
    10**12,
    "",
    "x" * 2000,
    [],
    ["x"] * 50,
    {},
    {"a": 1},
    "2026-01-01",
    float("inf"),
]


def known_events() -> list[dict[str, Any]]:
    """Return every event of the vectors: each kind in several forms."""
    found: list[dict[str, Any]] = []

    def walk(value: Any) -> None:
        if isinstance(value, dict):
            if {"id", "walk", "device", "seq", "kind", "payload", "at"} <= value.keys():
                found.append(value)
            for part in value.values():
                walk(part)
        elif isinstance(value, list):
            for part in value:
                walk(part)

    for path in sorted(VECTORS.glob("*.json")):
        walk(json.loads(path.read_text(encoding="utf-8")))
    return found


def test_what_phones_send_fits() -> None:
    events = known_events()
    schema = validator("event-1")
    assert len({event["kind"] for event in events}) > 25
    assert all(event_fits()(event) for event in events if schema.is_valid(event))


def test_what_is_broken_anywhere_is_judged_as_the_schema_does() -> None:
    chance, schema, fits = random.Random(5), validator("event-1"), event_fits()
    for event in chance.sample(known_events(), 120):
        for _ in range(3):
            broken = spoilt(event, chance)
            assert fits(broken) == schema.is_valid(broken), broken


def spoilt(event: dict[str, Any], chance: random.Random) -> dict[str, Any]:
    """Change one thing, somewhere: take it away, add to it, or put something strange in its place."""
    made = copy.deepcopy(event)
    place: Any = made
    while True:
        key = chance.choice(list(place) if isinstance(place, dict) else range(len(place)))
        if isinstance(place[key], dict | list) and place[key] and chance.random() < 0.7:
            place = place[key]
            continue
        deed = chance.choice(("strange", "strange", "gone", "more"))
        if deed == "gone":
            del place[key]
        elif deed == "more" and isinstance(place, dict):
            place[chance.choice(("extra", "step", "note", "media"))] = chance.choice(STRANGE)
        else:
            place[key] = copy.deepcopy(chance.choice(STRANGE))
        return made


@pytest.mark.parametrize("event", [None, 1, "x", [], {}, {"kind": []}, {"kind": "start"}, {"kind": {"a": 1}}])
def test_what_is_no_event_at_all_does_not_fit(event: Any) -> None:
    assert not event_fits()(event)


def test_a_rule_of_another_form_is_not_passed_over() -> None:
    with pytest.raises(LookupError):
        _kinds({"if": {"properties": {"step": {"const": "x"}}}, "then": {}})
