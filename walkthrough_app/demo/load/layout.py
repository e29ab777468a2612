"""Which units there are: the city's campaign with its 56, the rest in counties that run campaigns of their own."""

from dataclasses import dataclass

from walkthrough_app.accounts.models import OrgClass
from walkthrough_app.demo.load.chance import Chance, shares
from walkthrough_app.demo.load.words import grammar

CITY = "示例市"
CITY_UNITS = 56  # as in the notice
COUNTIES = 8
COUNTY_UNITS = 110  # of one county, before another one opens a campaign


@dataclass(frozen=True)
class Plot:
    """A unit to be made; `county` is the name of the county whose campaign it walks in, '' for the city's."""

    number: int
    name: str
    org_class: OrgClass
    county: str
    walks: int


def plots(units: int, walks: int, chance: Chance) -> list[Plot]:
    """Return `units` units whose walks add up to `walks`; some have many, some few."""
    inside = max(0, units - CITY_UNITS) or (units > 5)  # a small one has a county with one unit of its own
    city = _city(units - inside, inside)
    counties = [name for name, org_class in city if org_class is OrgClass.COUNTY]
    rest = [
        (*_of_county(counties[n % len(counties)], n // len(counties)), counties[n % len(counties)])
        for n in range(inside)
    ]
    placed = [*((*one, "") for one in city), *rest]
    counts = shares(walks, [chance.around(1, 0.35) for _ in placed])
    return [Plot(n, *one, count) for n, (one, count) in enumerate(zip(placed, counts, strict=True))]


def _city(count: int, inside: int) -> list[tuple[str, OrgClass]]:
    names = grammar()["names"]
    counties = max(min(COUNTIES, -(-count // 7)), -(-inside // COUNTY_UNITS))
    others = min(4, count // 12)
    made = [(f"{name}县", OrgClass.COUNTY) for name in _many(names["counties"], counties)]
    made += [(f"{CITY}{name}", OrgClass.PARTY_DEPT) for name in names["party"][:others]]
    made += [(f"{CITY}{name}", OrgClass.MASS_ORG) for name in names["mass"][:others]]
    return made + [(f"{CITY}{name}", OrgClass.CITY_DEPT) for name in _many(names["city"], count - len(made))]


def _of_county(county: str, place: int) -> tuple[str, OrgClass]:
    names = grammar()["names"]
    departments = names["city"]
    if place < len(departments):
        return f"{county}{departments[place]}", OrgClass.CITY_DEPT
    return f"{county}{_many(names['towns'], place - len(departments) + 1)[-1]}人民政府", OrgClass.CITY_DEPT


def _many(names: list[str], count: int) -> list[str]:
    """Return `count` different names; when they run out, they are numbered."""
    return [names[n % len(names)] + (f"第{n // len(names) + 1}" if n >= len(names) else "") for n in range(count)]
