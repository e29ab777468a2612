"""What a log of events adds up to. The same vectors hold the JavaScript fold."""

import json
import random

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.vectors import make_fold
from tests.walkthroughs.events import Log
from walkthrough_app.walkthroughs.fold import KINDS, fold
from walkthrough_app.walkthroughs.package import validator

VECTORS = json.loads(make_fold.FILE.read_text(encoding="utf-8"))


@pytest.mark.parametrize("vector", VECTORS, ids=[one["name"] for one in VECTORS])
def test_the_vectors_hold(vector) -> None:
    assert fold(vector["events"]).as_json() == vector["state"]


@pytest.mark.parametrize("name", list(make_fold.cases()))
def test_order_of_arrival_and_repeats_change_nothing(name: str) -> None:
    events = list(make_fold.cases()[name].events)
    expected = fold(events).as_json()
    for seed in range(5):
        shuffled = events + events[: len(events) // 2]
        random.Random(seed).shuffle(shuffled)
        assert fold(shuffled).as_json() == expected


def test_minutes_between_marks_are_the_steps_lengths() -> None:
    state = fold(make_fold.plain_walk().events)
    minutes = {name: step.seconds / 60 for name, step in state.steps.items()}
    assert minutes == {"query": 12, "prepare": 35, "queue": 25, "accept": 18, "track": 6}
    assert state.wait_seconds == 23 * 60
    assert state.status == "finished"


def test_weeks_of_waiting_for_the_result_are_not_counted_as_walking() -> None:
    state = fold(make_fold.weeks_between().events)
    assert state.total_seconds == (19 + 2 + 11) * 60
    assert [track["text"] for track in state.tracks] == ["还在审核"]


def test_a_clock_set_back_is_flagged_and_does_not_change_the_length() -> None:
    state = fold(make_fold.two_devices_and_a_clock_set_back().events)
    assert state.steps["queue"].seconds == 600
    assert state.flags == ["clock_back", "clock_jump"]


def test_a_step_that_ran_overnight_is_flagged() -> None:
    log = Log()
    log.add("start", 0, mode="in_person")
    log.add("step_start", 0, "query")
    log.add("pause", 60 * 14)
    assert "long_run" in fold(log.events).flags


def test_a_running_step_has_a_start_and_no_length_yet() -> None:
    log = Log()
    log.add("start", 0, mode="in_person")
    log.add("step_start", 5, "query")
    state = fold(log.events)
    assert (state.current, state.running_since) == ("query", log.events[-1]["at"])
    assert state.steps["query"].seconds == 0


def test_starting_the_running_step_again_does_not_cut_it() -> None:
    log = Log()
    log.add("start", 0, mode="in_person")
    log.add("step_start", 0, "query")
    log.add("step_start", 4, "query", device="tablet")
    log.add("pause", 10)
    assert fold(log.events).steps["query"].seconds == 600


def test_every_kind_of_the_schema_is_folded() -> None:
    assert set(validator("event-1").schema["properties"]["kind"]["enum"]) == KINDS


def test_the_vectors_are_events_by_the_published_schema() -> None:
    for vector in VECTORS:
        for event in vector["events"]:
            validator("event-1").validate(event)


def test_nonsense_is_not_an_event() -> None:
    event = make_fold.plain_walk().events[0]
    for broken in ({"kind": "hack"}, {"payload": {"mode": "行贿"}}, {"id": "1"}, {"seq": -1}, {"extra": 1}):
        with pytest.raises(jsonschema.ValidationError):
            validator("event-1").validate({**event, **broken})


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(["step_start", "pause", "resume", "rest", "step_stop"]), st.integers(0, 90))))
def test_time_is_never_counted_twice(taps: list[tuple[str, int]]) -> None:
    log, at = Log(), 0
    log.add("start", 0, mode="in_person")
    for number, (kind, minutes) in enumerate(taps):
        at += minutes
        log.add(kind, at, ("query", "queue")[number % 2] if kind.startswith("step") else None)
    assert fold(log.events).total_seconds <= at * 60
