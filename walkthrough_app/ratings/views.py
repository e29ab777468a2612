"""What the result pages show, as plain rows: the board of the office, the page of a unit."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from walkthrough_app.accounts.models import Unit
from walkthrough_app.campaigns.models import Campaign
from walkthrough_app.core.errors import NotFound
from walkthrough_app.ratings import queries, results, terms
from walkthrough_app.ratings.asking import Asked
from walkthrough_app.ratings.results import Figures, Tally

FEW = "份数太少，不显示，免得认出是谁评的。"


@dataclass(frozen=True)
class UnitFigures:
    """Three views of one unit, each with the same sum; `is_few` when nothing of it may be shown."""

    points: Figures
    months: Figures
    is_few: bool


def board(campaign: Campaign, asked: Asked) -> Figures:
    """Return the figures of the units of a campaign, by name."""
    rows = queries.counts_of(campaign, asked.form.id)
    names = {point.unit_id: point.unit for point, _ in rows}
    groups = results.tallies(rows, lambda row: row[0].unit_id)
    ordered = {names[key]: groups[key] for key in sorted(groups, key=lambda key: names[key].name)}
    return results.figures(asked, ordered, terms.of(campaign.id).smallest)


def of_unit(campaign: Campaign, asked: Asked, unit: Unit, *, beside_others: bool) -> UnitFigures:
    """Return the figures of a unit; `beside_others`: the reader sees the board too, so what it hides stays hidden."""
    rows = queries.counts_of(campaign, asked.form.id, unit)
    smallest = terms.of(campaign.id).smallest
    points = results.figures(asked, _sorted(results.tallies(rows, lambda row: row[0].name)), smallest)
    months = results.figures(asked, _sorted(results.tallies(rows, lambda row: row[1].month)), smallest)
    is_few = points.total.is_small
    if beside_others and not is_few:
        is_few = any(line.key.id == unit.id and line.is_small for line in board(campaign, asked).lines)
    return UnitFigures(points, months, is_few)


def _sorted(groups: Mapping[str, Tally]) -> dict[str, Tally]:
    return {key: groups[key] for key in sorted(groups)}


def form_shown(campaign: Campaign, form_key: str | None) -> Asked:
    """Return the public form named, or the first; NotFound when there is none of this id."""
    forms = queries.forms_of(campaign)
    found = next((one for one in forms if one.form.id == form_key), None) if form_key else forms[0]
    if found is None:
        raise NotFound
    return found


def campaign_shown(campaigns: Sequence[Campaign], wanted: object) -> Campaign | None:
    """Return the campaign that is asked for, or the latest; NotFound for one that is not the user's."""
    if wanted is None:
        return campaigns[0] if campaigns else None
    found = next((one for one in campaigns if one.id == wanted), None)
    if found is None:
        raise NotFound
    return found
