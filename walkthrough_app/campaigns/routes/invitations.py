"""Invitations in bulk: choose the people, print one sheet of codes that is shown once."""

import uuid
from collections.abc import Sequence
from itertools import groupby
from typing import Any

from flask import current_app, render_template, request, url_for
from markupsafe import Markup

from walkthrough_app.accounts import current, qr
from walkthrough_app.accounts import queries as accounts
from walkthrough_app.accounts import service as inviting
from walkthrough_app.accounts.guard import allow
from walkthrough_app.accounts.models import Unit, User
from walkthrough_app.campaigns import queries
from walkthrough_app.campaigns.forms import InvitationsForm
from walkthrough_app.campaigns.queries import STEWARDS
from walkthrough_app.campaigns.routes.blueprint import bp
from walkthrough_app.core import clock
from walkthrough_app.core.errors import NotFound

MOST = 400  # cards on one sheet: fifty pages
UNITS = 60  # whose people are offered together


@bp.get("/invitations")
@allow(*STEWARDS)
def invitations() -> str:
    """Offer the people of a campaign (?campaign=), of a unit (?unit=), or of the whole realm."""
    people = accounts.members_of(_page()[0])
    shown = people if "all" in request.args else [one for one in people if not one.has_signed_in]
    return _choice(InvitationsForm(formdata=None).offer(shown), shown, waiting=len(people) - len(shown))


@bp.post("/invitations")
@allow(*STEWARDS)
def print_invitations() -> str:
    """Show the codes on this page only: they are stored nowhere, and the page sent again is refused."""
    form = InvitationsForm()
    ids, sheet = form.ids, form.sheet_id
    if sheet is None:
        raise NotFound
    if not 0 < len(ids) <= MOST:
        form.people.errors = ["请至少选一个人。" if not ids else f"一次最多打印{MOST}人，请分几次选。"]
        return _choice(form, accounts.members_of(_page()[0]), waiting=0)
    made = inviting.invite_many(accounts.invitable_for(current.user(), ids), sheet=sheet, by=current.user())
    return render_template(
        "campaigns/invitation_sheet.html",
        cards=[(user, _code(token)) for user, token in made],
        address=_address(""),
        until=clock.now() + inviting.INVITATION,
    )


def _choice(form: InvitationsForm, people: Sequence[User], *, waiting: int) -> str:
    by_unit = [(unit, list(members)) for unit, members in groupby(people, key=lambda user: user.unit)]
    chosen = set(form.people.data or ())
    following = _page()[1]
    carried: dict[str, Any] = {name: request.args[name] for name in ("campaign", "unit") if name in request.args}
    every: dict[str, Any] = {"all": 1} if "all" in request.args else {}
    return render_template(
        "campaigns/invitations.html",
        next=url_for("campaigns.invitations", **carried, **every, after=following) if following else "",
        form=form,
        by_unit=by_unit,
        chosen=chosen,
        waiting=waiting,
        carried=carried,
        back=_back(),
    )


def _back() -> str:
    campaign = request.args.get("campaign", type=uuid.UUID)
    return url_for("campaigns.campaign", campaign_id=campaign) if campaign else url_for("campaigns.units")


def _page() -> tuple[Sequence[Unit], uuid.UUID | None]:
    """Return the units whose people are offered, and behind which the next page goes on."""
    every, after = _units(), request.args.get("after", type=uuid.UUID)
    start = next((n + 1 for n, unit in enumerate(every) if unit.id == after), 0)
    page = every[start : start + UNITS]
    return page, page[-1].id if start + UNITS < len(every) else None


def _units() -> Sequence[Unit]:
    user = current.user()
    campaign, unit = (request.args.get(name, type=uuid.UUID) for name in ("campaign", "unit"))
    if unit:
        return [accounts.unit_for(user, unit)]
    return queries.units_of(queries.campaign_for(user, campaign)) if campaign else queries.walking_units(user)


def _code(token: str) -> Markup:
    link = _address(url_for("accounts.invitation", token=token))
    return Markup(qr.small_svg(link))  # noqa: S704 - drawn by segno


def _address(path: str) -> str:
    return (current_app.config["SETTINGS"].base_url or request.host_url.rstrip("/")) + path
