"""What a walk has in common with others: pure, on traces that were found."""

import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations

from walkthrough_app.core import clock
from walkthrough_app.media import looks
from walkthrough_app.quality import texts
from walkthrough_app.quality.models import PhotoTrace, TextTrace, WalkTrace
from walkthrough_app.quality.subject import Match, Overlap, Whose

Trace = PhotoTrace | TextTrace


def whose(mine: Trace, other: Trace) -> Whose:
    if mine.walk_id == other.walk_id:
        return Whose.OWN
    return Whose.UNIT if mine.unit_id == other.unit_id else Whose.OTHER


def is_earlier(other: Trace, mine: Trace) -> bool:
    """Tell who was first; only the later of two is flagged, whenever it is looked at."""
    return (other.at, str(other.walk_id)) < (mine.at, str(mine.walk_id))


def own_pictures(mine: Sequence[PhotoTrace], looked: Mapping[str, str]) -> Iterator[Match]:
    for one, other in combinations(mine, 2):
        apart = 0 if one.sha256 == other.sha256 else _apart(one, other, looked)
        if apart is not None:
            seconds = abs((one.taken_at - other.taken_at).total_seconds())
            for trace in (one, other):
                yield Match(str(trace.photo), trace.walk_id, Whose.OWN, apart, seconds=seconds)


def _apart(one: PhotoTrace, other: PhotoTrace, looked: Mapping[str, str]) -> int | None:
    if one.sha256 in looked and other.sha256 in looked:
        return looks.distance(looked[one.sha256], looked[other.sha256])
    return None


def other_pictures(mine: PhotoTrace, others: Iterable[PhotoTrace], apart: Mapping[str, int]) -> Iterator[Match]:
    """`apart` tells for each file near this picture how many bits differ."""
    for other in others:
        if is_earlier(other, mine):
            yield Match(str(mine.photo), other.walk_id, whose(mine, other), apart[other.sha256])


def own_texts(mine: Sequence[TextTrace], shown: Mapping[str, str]) -> Iterator[Match]:
    for one, other in combinations(mine, 2):
        alike = texts.alike(one.text, other.text)
        for trace in (one, other):
            yield Match(trace.place, trace.walk_id, Whose.OWN, alike=alike, text=trace.text, shown=shown[trace.place])


def other_texts(mine: TextTrace, others: Iterable[TextTrace], shown: str) -> Iterator[Match]:
    for other in others:
        if is_earlier(other, mine):
            alike = texts.alike(mine.text, other.text)
            yield Match(mine.place, other.walk_id, whose(mine, other), alike=alike, text=mine.text, shown=shown)


def later(mine: Trace, others: Iterable[Trace]) -> set[uuid.UUID]:
    """Return the walks that came after: they are flagged, not this one."""
    return {other.walk_id for other in others if not is_earlier(other, mine)}


def overlaps(mine: WalkTrace, others: Iterable[WalkTrace]) -> Iterator[Overlap]:
    for other in others:
        seconds = sum(_common(one, two) for one in mine.spans for two in other.spans)
        if seconds and other.walk_id != mine.walk_id:
            yield Overlap(other.walk_id, seconds)


def _common(one: Sequence[str], two: Sequence[str]) -> float:
    start = max(clock.parse(one[0]), clock.parse(two[0]))
    stop = min(clock.parse(one[1]), clock.parse(two[1]))
    return max(0.0, (stop - start).total_seconds())


def foreign_devices(rows: Iterable[tuple[str, uuid.UUID]]) -> dict[str, list[uuid.UUID]]:
    """Gather the walks of other people by the device that recorded them."""
    found: dict[str, list[uuid.UUID]] = {}
    for device, walk_id in rows:
        found.setdefault(device, []).append(walk_id)
    return found
