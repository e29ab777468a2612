"""What people say at the counters: on many days, from many phones, and what becomes of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from walkthrough_app.demo.programmes.stage import Stage
from walkthrough_app.ratings import queries, service
from walkthrough_app.ratings.asking import Said
from walkthrough_app.ratings.models import RatingCase, RatingPoint
from walkthrough_app.ratings.sources import Source


@dataclass(frozen=True)
class Voice:
    """One rating that matters: at whose point, how long ago, what was said."""

    who: str
    ago: int
    said: Said


def add_points(stage: Stage, form: str, names: Mapping[str, Sequence[str]], ago: int) -> dict[str, list[RatingPoint]]:
    """Put codes up at the counters of units."""
    with stage.at(ago, 8, 50):
        office = stage.people["office"]
        return {
            who: service.add_points(stage.campaign, [stage.unit(who)], form, places, by=office)
            for who, places in names.items()
        }


def give(stage: Stage, told: Sequence[tuple[RatingPoint, int, Said]]) -> list[RatingCase | None]:
    """Give ratings (point, days ago, what was said), the oldest day first; return the case each one made, if any."""
    made: dict[int, RatingCase | None] = {}
    for number in sorted(range(len(told)), key=lambda one: -told[one][1]):
        point, ago, said = told[number]
        rating = stage.tap()
        with stage.at(ago, 9 + stage.chance.randrange(8), stage.chance.randrange(60)):
            service.give(point, rating, said, source=_somebody(stage))
        made[number] = queries.case_of(rating)
    return [made[number] for number in range(len(told))]


def _somebody(stage: Stage) -> Source:
    parts = [str(stage.chance.randrange(1, 250)) for _ in range(3)]
    return Source(f"10.{'.'.join(parts)}", "phone")
