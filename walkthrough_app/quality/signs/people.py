"""Signs that somebody else walked: another's device, another's account, two places at once."""

from collections.abc import Iterator, Mapping

from walkthrough_app.quality.subject import OURS, Hit, Subject
from walkthrough_app.quality.words import length


def device_other(subject: Subject, limits: Mapping[str, int]) -> Iterator[Hit]:
    """Only a head's walk: deputies may share a phone, what counts is whether the head went in person."""
    if not subject.record.is_head_in_person:
        return
    ours = [one for one in subject.events if not one["device"].startswith(OURS)]
    foreign = [one for one in ours if one["device"] in subject.around.devices]
    share = len(foreign) * 100 // max(len(ours), 1)
    if foreign and share >= limits["share"]:
        devices = list(dict.fromkeys(one["device"] for one in foreign))
        walks = [walk for device in devices for walk in subject.around.devices[device]]
        events = [one["id"] for one in foreign[:20]]
        yield Hit(values={"share": share}, evidence={"events": events}, others=list(dict.fromkeys(walks)))


def posted_by_other(subject: Subject, limits: Mapping[str, int]) -> Iterator[Hit]:
    events = subject.posted_by_other
    if events and len(events) >= limits["events"]:
        yield Hit(values={"events": len(events)}, evidence={"events": list(events[:20])})


def overlap(subject: Subject, limits: Mapping[str, int]) -> Iterator[Hit]:
    found = [one for one in subject.around.overlaps if one.seconds >= max(limits["minutes"] * 60, 1)]
    if found:
        longest = max(one.seconds for one in found)
        yield Hit(values={"length": length(longest)}, others=[one.walk for one in found])
