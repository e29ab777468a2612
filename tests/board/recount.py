"""The figures of the board counted a second time, from the raw events alone."""

from collections import Counter
from types import SimpleNamespace

from tests.reports.story import Walk
from walkthrough_app.campaigns.models import ServiceItem
from walkthrough_app.core import clock

FULL = {"query", "prepare", "queue", "accept", "result"}


def recount(play: SimpleNamespace, units: set[str]) -> dict[str, int]:
    """Count what the walks of these units come to; `units` are names."""
    walks = [(row.item, one) for row, one in play.walks if row.unit.name in units]
    done = [(item, one) for item, one in walks if counts(one)]
    items = [item for item in play.items.values() if item.unit.name in units]
    events = [event for _, one in done for event in one.events]
    taps = Counter(event["kind"] for event in events)
    types = Counter(event["payload"]["rectify_type"] for event in events if event["kind"] == "measure")
    letters = Counter(event["payload"]["category"][0] for event in events if event["kind"] == "finding")
    return {
        "listed": len(items),
        "items_walked": len({item.id for item, _ in done}),
        "must": sum(must(item) for item in items),
        "must_by_head": len({item.id for item, one in done if must(item) and one.role == "head"}),
        "counted": len(done),
        "by_head": sum(one.role == "head" for _, one in done),
        "full": sum(is_full(one) for _, one in done),
        "awaiting": sum(not has(one, "finish") for _, one in done),
        "findings": taps["finding"],
        "trips": sum(trips(one) for _, one in done),
        "wait_seconds": round(sum(waited(one) for _, one in done)),
        "waits": sum(waited(one) > 0 for _, one in done),
        **{name: types[name] for name in ("immediate", "deadline", "ongoing", "escalate")},
        **{f"category.{letter}": count for letter, count in letters.items()},
        **{
            f"mode.{mode}": sum(one.mode == mode for _, one in done)
            for mode in ("in_person", "on_behalf", "accompanied")
        },
    }


def counts(one: Walk) -> bool:
    """Tell whether a report may tell the walk: finished, or accepted and still without a result."""
    return has(one, "finish") or (has(one, "accepted") and not has(one, "result"))


def has(one: Walk, kind: str) -> bool:
    return any(event["kind"] == kind for event in one.events)


def must(item: ServiceItem) -> bool:
    return item.is_important or item.is_core_function or item.is_complaint


def is_full(one: Walk) -> bool:
    timed = {event["step"] for event in one.events if event["kind"] == "step_stop"}
    return timed >= FULL and has(one, "result")


def trips(one: Walk) -> int:
    return sum(event["kind"] == "trip" for event in one.events)


def waited(one: Walk) -> float:
    """Add up the seconds between number and call."""
    total, since = 0.0, None
    for event in one.events:
        at = clock.parse(event["at"]).timestamp()
        if event["kind"] == "number":
            since = at
        elif event["kind"] == "called" and since is not None:
            total, since = total + at - since, None
    return total
