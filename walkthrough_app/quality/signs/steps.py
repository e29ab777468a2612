"""Signs in the steps: missing, far too short, typed in, timed by a clock that was changed."""

import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from statistics import median

from walkthrough_app.quality.subject import Hit, Subject
from walkthrough_app.quality.words import length
from walkthrough_app.walkthroughs.record import WalkRecord

SIGMA = 1.4826  # times the median absolute deviation is a standard deviation
LEAST_DEVIATION = 0.25  # of logarithms: steps that all take equally long still vary by a quarter
USUAL = 0.1  # the share of other walks that were shorter than what the sentence calls usual


def missing(subject: Subject, _limits: Mapping[str, int]) -> Iterator[Hit]:
    record = subject.record
    names = [name for name in _to_walk(record) if name not in record.done_steps]
    if names:
        steps = "、".join(f"“{subject.title(name)}”" for name in names)
        yield Hit(values={"steps": steps}, evidence={"steps": names})


def _to_walk(record: WalkRecord) -> list[str]:
    """Return the steps to be walked: up to where a simulation stops, without the result while it is waited for."""
    return record.to_walk


def short(subject: Subject, limits: Mapping[str, int]) -> Iterator[Hit]:
    for name, step in subject.record.state.steps.items():
        if name in _tracking(subject.record) or step.typed or step.is_running or not step.runs:
            continue
        hit = _short(subject, name, step.seconds, limits)
        if hit:
            yield hit


def _tracking(record: WalkRecord) -> set[str]:
    """Return the steps that are walked in passing, as one likes."""
    return {step.id for step in record.paper.steps if step.deed == "track"}


def _short(subject: Subject, name: str, seconds: int, limits: Mapping[str, int]) -> Hit | None:
    others = [one for one in subject.around.peers.get(name, ()) if one > 0]
    known = {"step": subject.title(name), "length": length(seconds)}
    if len(others) < max(limits["others"], 2):
        is_short = seconds < limits["floor"]
        return Hit("floor", known, {"steps": [name]}, about=name) if is_short else None
    if not _is_outlier(seconds, others, limits):
        return None
    usual = sorted(others)[math.floor(len(others) * USUAL)]
    return Hit("among", known | {"others": len(others), "usual": length(usual)}, {"steps": [name]}, about=name)


def _is_outlier(seconds: int, others: Sequence[int], limits: Mapping[str, int]) -> bool:
    """Compare by logarithms with the median, robustly: one wild length among the others changes nothing."""
    logs = [math.log(one) for one in others]
    middle = median(logs)
    deviation = max(SIGMA * median(abs(one - middle) for one in logs), LEAST_DEVIATION)
    below = middle - math.log(max(seconds, 1))
    return below > limits["spread"] * deviation and seconds * 100 < limits["share"] * math.exp(middle)


def typed(subject: Subject, limits: Mapping[str, int]) -> Iterator[Hit]:
    steps = {name: step for name, step in subject.record.state.steps.items() if step.runs or step.typed}
    by_hand = {name: int(step.typed["seconds"]) for name, step in steps.items() if step.typed}
    if len(by_hand) >= max(limits["steps"], 1) and len(by_hand) * 100 >= limits["share"] * len(steps):
        yield Hit("share", {"all": len(steps), "typed": len(by_hand)}, {"steps": list(by_hand)}, about="share")
    for seconds, count in Counter(by_hand.values()).most_common(1):
        if count >= max(limits["round"], 2) and seconds % 300 == 0:
            names = [name for name, one in by_hand.items() if one == seconds]
            yield Hit("round", {"typed": count, "length": length(seconds)}, {"steps": names}, about="round")


def clock_changed(subject: Subject, _limits: Mapping[str, int]) -> Iterator[Hit]:
    flags = set(subject.record.state.flags)
    if flags & {"clock_back", "clock_jump"}:
        events = [event["id"] for event in subject.events if event["kind"] == "clock"]
        yield Hit("clock", evidence={"events": events}, about="clock")
    if "long_run" in flags:
        yield Hit("long_run", about="long_run")


def simulated_unplanned(subject: Subject, _limits: Mapping[str, int]) -> Iterator[Hit]:
    record = subject.record
    if record.data["is_simulated"] and not subject.is_simulation_planned:
        yield Hit(values={"step": subject.title(record.simulation_step or "") or "中途"})
