"""What a walk's pages show, held to the file that the phone's scripts are held to as well."""

import json

import pytest

from tests.vectors import make_record
from walkthrough_app.walkthroughs.package import validator

HELD = json.loads(make_record.FILE.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def made() -> dict:
    return json.loads(make_record.written(make_record.vectors()))


@pytest.mark.parametrize("number", range(len(HELD["walks"])), ids=[walk["name"] for walk in HELD["walks"]])
def test_a_walk_shows_what_the_vectors_say(number: int, made: dict) -> None:
    assert made["walks"][number] == HELD["walks"][number]


def test_all_the_rest_is_what_the_vectors_say(made: dict) -> None:
    assert made == HELD


def test_the_walks_are_events_by_the_published_schema() -> None:
    for walk in HELD["walks"]:
        for event in walk["events"]:
            validator("event-1").validate(event)
