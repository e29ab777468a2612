"""Sentences by a small grammar (words.yaml): the same few texts would make search look faster than it is."""

import re
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from walkthrough_app.demo.load.chance import Chance

SLOT = re.compile(r"\{(\w+)\}")
NUMBERS = {"few": (2, 6), "many": (7, 40)}


@cache
def grammar() -> dict[str, Any]:
    text = files(__package__).joinpath("words.yaml").read_text(encoding="utf-8")
    found: dict[str, Any] = yaml.safe_load(text)
    return found


@cache
def _parts(template: str) -> tuple[str, ...]:
    """Split a sentence: every second part is the name of a slot."""
    return tuple(SLOT.split(template))


def say(template: str, chance: Chance, **known: Any) -> str:
    """Fill a sentence: slots known here, then numbers, then words; words may hold slots of their own."""
    parts = list(_parts(template))
    for place in range(1, len(parts), 2):
        parts[place] = _fill(parts[place], chance, known)
    return "".join(parts)


def _fill(slot: str, chance: Chance, known: dict[str, Any]) -> str:
    if slot in known:
        return str(known[slot])
    if slot in NUMBERS:
        return str(chance.randint(*NUMBERS[slot]))
    return say(chance.choice(grammar()["slots"][slot]), chance, **known)


def pick(name: str, chance: Chance, **known: Any) -> str:
    """Say one of a list of the grammar, e.g. `notes`."""
    return say(chance.choice(grammar()[name]), chance, **known)
