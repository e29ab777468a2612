"""The table of moves is the one of the domain, and the docs are drawn from it."""

from pathlib import Path

import pytest

from walkthrough_app.rectification import machine
from walkthrough_app.rectification.machine import MOVES, Actor, State, Verb

DOCS = Path(__file__).parents[2] / "docs" / "rectification.md"
WAYS = {
    ("registered", "dismissed"),
    ("registered", "rectified"),
    ("registered", "assigned"),
    ("assigned", "rectifying"),
    ("assigned", "disputed"),
    ("disputed", "assigned"),
    ("disputed", "dismissed"),
    ("rectifying", "rectified"),
    ("rectified", "rectifying"),
    ("rectified", "rechecking"),
    ("rectified", "closed"),
    ("rechecking", "closed"),
    ("rechecking", "rectifying"),
    ("closed", "relapsed"),
    ("relapsed", "rectifying"),
}


def test_the_ways_are_those_of_the_domain_and_no_other() -> None:
    found = {(source.value, move.target.value) for move in MOVES.values() for source in move.sources if move.target}
    assert found == WAYS


def test_every_verb_has_a_way_and_every_state_can_be_reached_and_left() -> None:
    assert set(MOVES) == set(Verb)
    assert {move.target for move in MOVES.values() if move.target} == set(State)
    left = {source for move in MOVES.values() for source in move.sources}
    assert set(State) - left == {State.DISMISSED}


def test_the_unit_never_closes_but_by_its_head() -> None:
    into_closed = [move for move in MOVES.values() if move.target is State.CLOSED]
    assert all(Actor.UNIT not in move.actors and Actor.RULE not in move.actors for move in into_closed)


@pytest.mark.parametrize("state", State)
def test_what_may_be_done_follows_from_the_table(state: State) -> None:
    everything = machine.verbs_of(state, frozenset(Actor))
    assert set(everything) == {verb for verb, move in MOVES.items() if state in move.sources}
    assert machine.verbs_of(state, frozenset()) == []


def test_the_docs_show_the_machine_as_it_is() -> None:
    text = DOCS.read_text(encoding="utf-8")
    assert machine.drawn() in text
    assert machine.table() in text
