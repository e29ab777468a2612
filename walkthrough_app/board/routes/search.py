"""Search: one box over problems, items and units."""

from flask import render_template, request, url_for

from walkthrough_app.accounts import current
from walkthrough_app.accounts.guard import allow
from walkthrough_app.board.routes.blueprint import bp
from walkthrough_app.board.search import asking, present, queries
from walkthrough_app.board.search.models import Kind
from walkthrough_app.core.errors import Invalid
from walkthrough_app.exports import filters
from walkthrough_app.exports.filters import Choices, Filters
from walkthrough_app.exports.queries import choices_of
from walkthrough_app.reports.reach import DESKS

NAMES = ("campaign", "unit", "category")
FARTHEST = 2**62


@bp.get("/search")
@allow(*DESKS)
def search() -> str:
    user = current.user()
    choices = choices_of(user)
    given = {name: request.args[name] for name in NAMES if request.args.get(name)}
    wanted, refused = _read(given, choices)
    question = asking.read(request.args.get("text", ""))
    kind = next((one for one in Kind if one.value == request.args.get("kind")), None)
    is_asked = not (refused or (question.is_empty and wanted == Filters() and kind is None))
    found = queries.search(user, question, wanted, kind, _after()) if is_asked else None
    return render_template(
        "board/search.html",
        question=question,
        is_asked=is_asked,
        refused=refused,
        given=given,
        choices=choices,
        names=[(name, filters.NAMES[name]) for name in NAMES],
        tabs=_tabs(kind),
        kind=kind.value if kind else "",
        results=present.results(user, found, question, choices.categories) if found else [],
        next=_address(after=found.after) if found and found.after else "",
        is_first=_after() is None,
    )


def _read(given: dict[str, str], choices: Choices) -> tuple[Filters, str]:
    """Return the filters, or nothing and the sentence why they cannot be taken."""
    try:
        return filters.read(given, NAMES, choices), ""
    except Invalid as error:
        return Filters(), error.message


def _after() -> int | None:
    found = request.args.get("after", type=int)
    return found if found is not None and abs(found) < FARTHEST else None


def _tabs(kind: Kind | None) -> list[tuple[str, str, bool]]:
    every = [("全部", _address(kind=""), kind is None)]
    return every + [(one.label, _address(kind=one.value), kind is one) for one in Kind]


def _address(**changes: object) -> str:
    """Return this page with some of its address changed; a change begins at the first page."""
    kept = {name: request.args[name] for name in ("text", "kind", *NAMES) if request.args.get(name)}
    asked = {name: value for name, value in (kept | changes).items() if value not in {"", None}}
    return url_for("board.search", **asked)  # type: ignore[arg-type]
