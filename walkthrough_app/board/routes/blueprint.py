"""What the board's pages share: whose campaign it is, which units are looked at, and addresses that keep both."""

import uuid
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Any, TypeVar

from flask import Blueprint, current_app, render_template, request, url_for

from walkthrough_app.accounts import current
from walkthrough_app.accounts.models import Lane, OrgClass, Role, User
from walkthrough_app.board import words
from walkthrough_app.board.queries import lines, scope
from walkthrough_app.board.queries.among import Chosen
from walkthrough_app.board.values import Figures, Filters, Sort, Standing, UnitLine, total
from walkthrough_app.campaigns.models import Campaign
from walkthrough_app.core import paging
from walkthrough_app.core.forms import tidy

bp = Blueprint("board", __name__, template_folder="../templates")
Choice = TypeVar("Choice", bound=StrEnum)
SLOTS = (
    ("reminders.owing", "催办未报单位", ""),
    ("exports.exports", "导出Excel", ""),
    ("compilation.overview", "生成汇总报告", "primary"),
)
WORDS = 60


@dataclass(frozen=True)
class View:
    """A campaign as somebody looks at it: lanes see their own units, and lists only what stands in reports."""

    user: User
    campaign: Campaign
    filters: Filters

    @property
    def is_office(self) -> bool:
        return self.user.role is Role.OFFICE

    @cached_property
    def lines(self) -> list[UnitLine]:
        """The units that pass the filters, by name, with their catalogues counted."""
        return lines.lines(self.campaign, self.filters)

    @cached_property
    def listed(self) -> list[UnitLine]:
        """The same units without catalogues and reports, which lists of walks and problems do not need."""
        return lines.lines(self.campaign, self.filters, catalogue=False, reports=False)

    def counts_of(self, line: UnitLine) -> Figures:
        """Return the figures that this viewer's lists are counted by."""
        return line.figures if self.is_office else line.reported

    @cached_property
    def unit_name(self) -> str:
        """The one unit that is looked at, '' when it is all of them."""
        return next((line.name for line in self.listed), "") if self.filters.unit_id else ""

    @property
    def is_narrowed(self) -> bool:
        chosen_lane = self.filters.lane if self.is_office else None
        return bool(chosen_lane or self.filters.org_class or self.filters.standing or self.filters.text)

    def sums(self) -> Figures:
        return total(self.counts_of(line) for line in self.listed)

    def chosen(self, column: str) -> Chosen:
        """Return the units with rows that `column` counts."""
        if self.is_office and self.filters.is_all:
            return Chosen()
        found = {line.id: self.counts_of(line)[column] for line in self.listed}
        return Chosen([unit_id for unit_id, many in found.items() if many], sum(found.values()))


class NoCampaign(Exception):
    """There is nothing to follow yet."""


@bp.errorhandler(NoCampaign)
def nothing(_error: NoCampaign) -> str:
    return render_template("board/nothing.html")


def view() -> View:
    """Return what the address asks for; NoCampaign while there is none."""
    user = current.user()
    found = scope.campaign_for(user, request.args.get("campaign", type=uuid.UUID))
    if found is None:
        raise NoCampaign
    lane = scope.lane_of(user) or choice(Lane, "lane")
    return View(
        user=user,
        campaign=found,
        filters=Filters(
            lane=lane,
            org_class=choice(OrgClass, "class"),
            standing=choice(Standing, "state"),
            text=(tidy(request.args.get("q")) or "")[:WORDS],
            unit_id=request.args.get("unit", type=uuid.UUID),
        ),
    )


def choice(kind: type[Choice], name: str) -> Choice | None:
    """Read one of a few words from the address; what is none of them is passed over."""
    return next((one for one in kind if one.value == request.args.get(name)), None)


def chosen(names: Any, name: str, default: str = "") -> str:
    given = request.args.get(name, "")
    return given if given in names else default


def after(*kinds: type) -> paging.Key | None:
    return paging.read(request.args.get("after", ""), *kinds)


def address(here: View, endpoint: str, **values: Any) -> str:
    """Return the address of another page of the same units; None leaves a filter out, `class_` stands for class."""
    filters = here.filters
    kept = {
        "campaign": here.campaign.id,
        "lane": filters.lane if here.is_office else None,
        "class": filters.org_class,
        "state": filters.standing,
        "q": filters.text or None,
        "unit": filters.unit_id,
    }
    asked = kept | {name.rstrip("_"): value for name, value in values.items()}
    given = {name: str(value) for name, value in asked.items() if value not in {None, ""}}
    return url_for(f"board.{endpoint}", **given)  # type: ignore[arg-type]


def show(template: str, here: View, **values: Any) -> str:
    """Fill a page; every page gets the campaigns to choose from, and `link` to keep the filters."""

    def link(endpoint: str, **others: Any) -> str:
        return address(here, endpoint, **others)

    return render_template(
        f"board/{template}.html",
        view=here,
        campaign=here.campaign,
        filters=here.filters,
        link=link,
        options=_options(here),
        only_reported="" if here.is_office else words.ONLY_REPORTED,
        **values,
    )


def _options(here: View) -> dict[str, list[tuple[str, str]]]:
    """Return what can be chosen from: values and words."""
    classes = [one for one in OrgClass if one is not OrgClass.OFFICE]
    return {
        "campaigns": [(str(one.id), one.title) for one in scope.campaigns_for(here.user)],
        "lanes": [(one.value, one.label) for one in Lane],
        "classes": [(one.value, one.label) for one in classes],
        "standings": [(one.value, one.label) for one in Standing],
        "sorts": [(one.value, one.label) for one in Sort],
    }


def more(here: View, endpoint: str, page: paging.Page[Any], **kept: Any) -> str:
    """Return the address of the next page, '' at the end."""
    return address(here, endpoint, after=page.after, **kept) if page.after else ""


def slots(here: View) -> list[tuple[str, str, str]]:
    """Return the office's buttons (address, words, kind) whose features are there."""
    known = [slot for slot in SLOTS if here.is_office and slot[0] in current_app.view_functions]
    return [(url_for(endpoint, campaign=here.campaign.id), text, kind) for endpoint, text, kind in known]
