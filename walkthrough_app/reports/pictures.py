"""The pictures of a report: only masked copies, numbered after the figures, those of problem 1 first."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from walkthrough_app.reports.composed import LeftOut, Photo
from walkthrough_app.reports.dates import moment_of
from walkthrough_app.reports.journey import Journey
from walkthrough_app.reports.problems import Problem


@dataclass(frozen=True)
class Pictures:
    """The numbered pictures, found by the id they have in their walk."""

    photos: dict[str, Photo]
    left_out: tuple[LeftOut, ...]

    def numbers(self, ids: Sequence[str]) -> tuple[int, ...]:
        """Return the numbers of those pictures that may be shown."""
        return tuple(sorted(self.photos[one].number for one in ids if one in self.photos))


def number_pictures(journeys: Sequence[Journey], problems: Sequence[Problem], *, after: int) -> Pictures:
    """Number the pictures from `after` + 1: evidence problem by problem, then the rest walk by walk."""
    known = {key: (journey, photo) for journey in journeys for key, photo in journey.record.state.photos.items()}
    cited = [photo for problem in problems for photo in (*problem.photos, *problem.after_photos)]
    order = [key for key in dict.fromkeys([*cited, *known]) if key in known]
    shown = [key for key in order if known[key][1]["masked"]]
    photos = {
        key: _photo(number, *known[key], _problems_of(key, problems)) for number, key in enumerate(shown, after + 1)
    }
    hidden = tuple(_left_out(*known[key]) for key in order if not known[key][1]["masked"])
    return Pictures(photos, hidden)


def _problems_of(key: str, problems: Sequence[Problem]) -> tuple[int, ...]:
    return tuple(problem.number for problem in problems if key in problem.photos or key in problem.after_photos)


def _photo(number: int, journey: Journey, photo: dict[str, Any], problems: tuple[int, ...]) -> Photo:
    return Photo(
        number=number,
        sha256=photo["masked"],
        when=_when(journey, photo),
        step=next((step.title for step in journey.record.document.steps if step.id == photo["step"]), ""),
        text=photo["caption"] or journey.item,
        problems=problems,
        width=photo.get("width") or 4,
        height=photo.get("height") or 3,
    )


def _left_out(journey: Journey, photo: dict[str, Any]) -> LeftOut:
    return LeftOut(journey.item, _when(journey, photo), photo["caption"])


def _when(journey: Journey, photo: dict[str, Any]) -> str:
    return moment_of(photo.get("taken_at") or photo["at"], journey.year)
