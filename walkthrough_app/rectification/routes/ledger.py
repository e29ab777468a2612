"""The ledger: a table or columns for desks, what is owed for units."""

from typing import Any

from flask import render_template, request, url_for

from walkthrough_app.accounts import current
from walkthrough_app.accounts.guard import allow
from walkthrough_app.accounts.models import UNIT_ROLES, Lane, User
from walkthrough_app.campaigns.names import Names
from walkthrough_app.core import paging
from walkthrough_app.core.paging import SIZE
from walkthrough_app.rectification import offers, service
from walkthrough_app.rectification.ledger import bulk, filters, view
from walkthrough_app.rectification.ledger.filters import Filters
from walkthrough_app.rectification.machine import State
from walkthrough_app.rectification.models import SEVERITIES
from walkthrough_app.rectification.queries import ledger as queries
from walkthrough_app.rectification.routes.blueprint import READERS, bp
from walkthrough_app.walkthroughs.record import RECTIFY_TYPES

IN_COLUMN = 20
ALWAYS = frozenset({State.ASSIGNED, State.RECTIFYING, State.RECTIFIED, State.RECHECKING, State.CLOSED})


@bp.get("/ledger")
@allow(*READERS)
def ledger() -> str:
    user = current.user()
    if user.role in UNIT_ROLES:
        return _owed(user)
    wanted = filters.of(request.args)
    counts, late = queries.counts(user, wanted)
    shared = {
        "filters": wanted,
        "args": filters.args_of(wanted),
        "counts": counts,
        "late": late,
        "choices": _choices(user),
        "shows": _shows(wanted),
        "states": [one for one in State if one in ALWAYS or counts.get(one)],
    }
    return _board(user, wanted, shared) if request.args.get("view") == "board" else _table(user, wanted, shared)


def _table(user: User, wanted: Filters, shared: dict[str, Any]) -> str:
    after = paging.read(request.args.get("after", ""), *queries.KINDS)
    page = paging.page(queries.page(user, wanted, after, SIZE), queries.key, SIZE)
    return render_template(
        "rectification/ledger.html",
        rows=view.rows(page.rows, user),
        following=page.after,
        after=after,
        offers=offers.at("ledger_bulk", user),
        most=bulk.MOST,
        **shared,
    )


def _board(user: User, wanted: Filters, shared: dict[str, Any]) -> str:
    """Show columns by state; a phone shows one of them, that of ?state= or the first that holds something."""
    counts = queries.by_state(user, wanted) if wanted.is_overdue else shared["counts"]
    shown = [one for one in State if one in ALWAYS or counts.get(one)]
    here = wanted.state or next((one for one in shown if counts.get(one)), State.ASSIGNED)
    first = {one: queries.column(user, wanted, one, IN_COLUMN) for one in shown}
    columns = [(one, view.rows(found, user), counts.get(one, 0)) for one, found in first.items()]
    return render_template("rectification/board.html", columns=columns, here=here, **shared)


def _owed(user: User) -> str:
    """Show a unit what it has to do, what waits for others, and what is over."""
    rows = view.rows(queries.of_unit(user), user)
    total, late = queries.sizes_of_unit(user)
    groups = {
        "sign": [one for one in rows if one.finding.state in {State.ASSIGNED, State.RELAPSED}],
        "work": [one for one in rows if one.finding.state in {State.RECTIFYING, State.REGISTERED}],
        "wait": [one for one in rows if one.finding.state in {State.DISPUTED, State.RECTIFIED, State.RECHECKING}],
    }
    return render_template(
        "rectification/ledger_unit.html",
        groups=groups,
        ready=sum(service.is_complete(one.finding) for one in rows),
        over=view.rows(queries.over_of_unit(user), user),
        late=late,
        unlisted=total - len(rows),
    )


def _choices(user: User) -> dict[str, list[tuple[str, str]]]:
    names = Names()
    return {
        "campaign": [(str(one.id), one.title) for one in queries.campaigns(user)],
        "unit": [(str(one.id), one.name) for one in queries.units(user)],
        "lane": [] if user.role.lane else [(one.value, one.label) for one in Lane],
        "category": [(one, names.category(campaign, one)) for one, campaign in queries.letters(user).items()],
        "severity": list(SEVERITIES.items()),
        "type": list(RECTIFY_TYPES.items()),
    }


def _shows(wanted: Filters) -> dict[str, str]:
    """Return the addresses of the table and of the columns, narrowed alike."""
    args: dict[str, Any] = dict(filters.args_of(wanted))
    kept = {**args, "state": args.get("state", "").replace(filters.EVERYTHING, "")}
    kept = {name: value for name, value in kept.items() if value}
    return {
        "table": url_for("rectification.ledger", **args),
        "board": url_for("rectification.ledger", view="board", **kept),
    }
