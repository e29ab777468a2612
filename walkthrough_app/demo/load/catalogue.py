"""The services of a unit: many units offer the same ones, and promise nearly the same."""

from functools import cache
from typing import Any

from walkthrough_app.campaigns.models import DayType, ItemKind
from walkthrough_app.demo.load.chance import Chance
from walkthrough_app.demo.load.words import grammar

FLAGS = ("is_important", "is_core_function", "is_complaint")
MUST_WALK = 0.3
NOTE = "压力测试数据，虚构"


@cache
def _names() -> dict[str, float]:
    """Return all names with how common they are: a few are offered nearly everywhere."""
    words = grammar()["names"]
    names = [f"{thing}{what}" for thing in words["things"] for what in words["items"]]
    Chance("names").shuffle(names)
    return {name: 1 / (place + 8) for place, name in enumerate(names)}


def items(count: int, chance: Chance) -> list[dict[str, Any]]:
    """Return what `campaigns.add_item` takes besides unit and person, for `count` different services."""
    return [_item(name, chance) for name in chance.few_of(_names(), min(count, len(_names())))]


def _item(name: str, chance: Chance) -> dict[str, Any]:
    same = Chance(name)  # what the same service has in common everywhere
    days = same.choice((0, 1, 3, 5, 5, 10, 15, 20))
    promise = max(1, days + chance.choice((-1, 0, 0, 0, 1))) if days else 0
    papers = same.sample(grammar()["slots"]["paper"], same.randint(2, 6))
    flags = {chance.choice(FLAGS): True} if chance.happens(MUST_WALK) else {}
    return {
        "task_name": name,
        "item_kind": ItemKind.APPROVAL if same.happens(0.6) else ItemKind.PUBLIC_SERVICE,
        "promise_day": promise,
        "promise_type": DayType.WORKDAY if promise else DayType.ONSPOT,
        "limit_scene_num": same.choice((0, 1, 1, 1, 2)),
        "materials": papers,
        "fee": "不收费",
        "source_flag": NOTE,
        **flags,
    }


def minutes(name: str) -> dict[str, float]:
    """Return how many minutes each step of a service takes, before unit and chance."""
    same = Chance(f"{name} minutes")
    usual = {"query": 12, "prepare": 25, "queue": 3, "accept": 14, "track": 5, "result": 8}
    return {step: same.around(length, 0.4) for step, length in usual.items()}
