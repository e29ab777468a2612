"""The places of a frozen report that can be spoken about: a paragraph, a problem, a walk, one of its steps, a photo.

A place is `p:<paragraph key>`, `w:<walk>`, `s:<walk>:<step>` or `f:<photo>`; the same data gives the same places.
"""

from collections.abc import Iterator

from walkthrough_app.reports.composed import Composed, Paragraph
from walkthrough_app.reports.journey import Journey
from walkthrough_app.reports.material import Material

LONGEST = 24  # characters of a paragraph that name it


def of(material: Material, composed: Composed) -> dict[str, str]:
    """Return every place of a report with its words."""
    found = dict(_paragraphs(composed))
    for journey in material.journeys:
        found |= dict(_walk(journey))
    return found


def paragraph(key: str) -> str:
    return f"p:{key}"


def walk(walk_id: str) -> str:
    return f"w:{walk_id}"


def step(walk_id: str, name: str) -> str:
    return f"s:{walk_id}:{name}"


def photo(photo_id: str) -> str:
    return f"f:{photo_id}"


def paragraph_of(place: str) -> str:
    """Return the key of the paragraph a place names, '' for any other place."""
    return place[2:] if place.startswith("p:") else ""


def _paragraphs(composed: Composed) -> Iterator[tuple[str, str]]:
    yield from ((paragraph(one.key), f"开头：{_begun(one)}") for one in composed.opening)
    for section in composed.sections:
        for one in section.paragraphs():
            if one.text:
                yield paragraph(one.key), f"{section.heading}：{_begun(one)}"


def _begun(one: Paragraph) -> str:
    if one.lead:
        return one.lead.rstrip("。")
    text = one.text.replace("\n", "")
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}……"


def _walk(journey: Journey) -> Iterator[tuple[str, str]]:
    state = journey.record.state
    yield walk(journey.id), journey.item
    for known in journey.record.document.steps:
        if known.id in state.steps:
            yield step(journey.id, known.id), f"{journey.item}：{known.title}"
    for key, one in state.photos.items():
        yield photo(key), f"{journey.item}：照片{'“' + one['caption'] + '”' if one['caption'] else ''}"
