"""同事同标: the list of items walked in several units, and one of them side by side."""

import uuid
from typing import Any

from flask import render_template, request, url_for

from walkthrough_app.accounts import current
from walkthrough_app.accounts.guard import allow
from walkthrough_app.board import same as comparing
from walkthrough_app.board import same_queries, same_scope
from walkthrough_app.board.routes.blueprint import bp
from walkthrough_app.board.same import TOTAL, Comparison
from walkthrough_app.board.same_scope import Known, Scope
from walkthrough_app.core.errors import Invalid
from walkthrough_app.documents.charts import distribution
from walkthrough_app.reports.reach import DESKS

WIDE, NARROW = 180, 92  # mm: a card at the desk, and on a phone


@bp.get("/same")
@allow(*DESKS)
def same() -> str:
    user = current.user()
    known = same_queries.known(user)
    scope, refused = _scope(known)
    lines, after = comparing.lines(user, scope, request.args.get("after", type=uuid.UUID))
    following = url_for("board.same", **{**scope.address(), "after": str(after)}) if after else ""
    return render_template(
        "board/same.html",
        lines=lines,
        next=following,
        known=known,
        scope=scope,
        refused=refused,
        address=scope.address(),
    )


@bp.get("/same/<uuid:item_id>")
@allow(*DESKS)
def same_item(item_id: uuid.UUID) -> str:
    user = current.user()
    known = same_queries.known(user)
    scope, refused = _scope(known)
    same, wanted = same_queries.item_for(user, item_id), request.args.get("step", TOTAL)
    found = comparing.compare(user, scope, same, wanted, request.args.get("after", type=uuid.UUID))
    step, address = found.step, scope.address()
    more = {**address, "step": step, "after": str(found.after)}
    return render_template(
        "board/same_item.html",
        found=found,
        step=step,
        step_name=found.step_names.get(step, "总用时"),
        tabs=_tabs(item_id, found, step, scope),
        charts=_charts(found),
        next=url_for("board.same_item", item_id=item_id, **more) if found.after else "",
        known=known,
        scope=scope,
        refused=refused,
        address=address,
    )


def _scope(known: Known) -> tuple[Scope, str]:
    """Return what the address narrows the walks to, or all of them and why it could not be read."""
    try:
        return same_scope.read(request.args.to_dict(flat=False), known), ""
    except Invalid as error:
        return Scope(), error.message


def _tabs(item_id: uuid.UUID, found: Comparison, step: str, scope: Scope) -> list[tuple[str, str, bool]]:
    steps = {TOTAL: "总用时", **found.step_names}
    address = scope.address()
    return [
        (name, url_for("board.same_item", item_id=item_id, **{**address, "step": key}), key == step)
        for key, name in steps.items()
    ]


def _charts(found: Comparison) -> dict[str, Any]:
    """Draw the spread of each unit for both widths and both backgrounds; the sentence names units, not steps."""
    samples = found.samples()
    drawn = {
        f"{size}_{ground}": distribution(samples, width_mm=width, on_dark=ground == "dark")
        for size, width in (("wide", WIDE), ("narrow", NARROW))
        for ground in ("light", "dark")
    }
    alt = drawn["wide_light"].alt.replace("各环节用时", "各单位用时", 1)
    return {**{name: chart.data_uri() for name, chart in drawn.items()}, "alt": alt}
