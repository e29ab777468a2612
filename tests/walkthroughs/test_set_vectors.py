"""Several people asked in one walk, held to the file that the phone's scripts are held to as well."""

import json

from tests.vectors import make_record, make_sets
from walkthrough_app.walkthroughs.package import validator


def test_what_pages_show_is_what_the_vectors_say() -> None:
    held = json.loads(make_sets.FILE.read_text(encoding="utf-8"))
    assert json.loads(make_record.written(make_sets.vectors())) == held


def test_the_walks_are_events_by_the_published_schema() -> None:
    for walk in make_sets.WALKS:
        for event in walk.log.events:
            validator("event-1").validate(event)
