"""核对: what is missing, what was found, the four declarations, and the end of the walk."""

import io
import uuid
from typing import Any

from flask import current_app, redirect, render_template, request, send_file, url_for
from werkzeug.wrappers import Response

from walkthrough_app.accounts import current
from walkthrough_app.accounts.guard import allow, signed_in
from walkthrough_app.accounts.models import Role
from walkthrough_app.core.errors import Invalid
from walkthrough_app.core.forms import DeedForm
from walkthrough_app.media import queries as media
from walkthrough_app.walkthroughs import export, gates, log, present, queries, respondents, service, summary
from walkthrough_app.walkthroughs import review as check
from walkthrough_app.walkthroughs.cards import cards
from walkthrough_app.walkthroughs.forms import Posted, ReviewForm, VoidForm, answers_in
from walkthrough_app.walkthroughs.models import Purpose, WalkState, Walkthrough
from walkthrough_app.walkthroughs.record import WalkRecord
from walkthrough_app.walkthroughs.routes.blueprint import WALKERS, bp, door, home_of, load, store, to


@bp.get("/walks/<uuid:walk_id>/review")
@signed_in
def review(walk_id: uuid.UUID) -> str:
    found = load(walk_id)
    record = log.record_of(found)
    form = ReviewForm(tap=str(uuid.uuid4()), feeling=record.state.feeling, no_finding=record.state.no_finding_reason)
    return _page(found, record, form, Posted())


@bp.post("/walks/<uuid:walk_id>/review")
@allow(*WALKERS)
def save_review(walk_id: uuid.UUID) -> Response | str:
    """Save declarations, opinions and feelings; with 走完了 also finish."""
    found = load(walk_id, write=True)
    service.must_be_open(found)
    record, form = log.record_of(found), ReviewForm()
    valid = form.validate_on_submit()
    here = door(found, form.tap_id)
    posted = answers_in(request.form, record.closing_questions())
    service.answer(here, record, posted.values, posted.notes)
    if form.feeling.data is not None and form.feeling.data != record.state.feeling:
        here.add("feeling", text=form.feeling.data, is_unique=True)
    if form.no_finding.data is not None and form.no_finding.data != record.state.no_finding_reason:
        here.add("no_finding", reason=form.no_finding.data, is_unique=True)
    if request.form.get("do") == "rest" and record.is_awaiting and found.state is not WalkState.AWAITING_RESULT:
        here.add("rest")
    record = here.commit()
    if not valid or posted.errors:
        return _page(found, record, form, posted)
    if request.form.get("do") != "finish":
        return to("review", walk_id=walk_id)
    try:
        service.finish(found, by=current.user(), tap=form.tap_id)
    except Invalid as error:
        form.refuse(error)
        return _page(found, record, form, Posted(errors={error.field: error.message}))
    return to("review", walk_id=walk_id)


def _page(found: Walkthrough, record: WalkRecord, form: ReviewForm, posted: Posted) -> str:
    is_walker = found.walker_id == current.user().id
    may_write = is_walker and found.is_open
    form.tap.data = str(uuid.uuid4())
    return render_template(
        "walkthroughs/review.html",
        walk=found,
        record=record,
        form=form,
        may_write=may_write,
        is_walker=is_walker,
        sealed=gates.sealed(found),
        head=summary.head(record),
        gaps=[{"text": gap.text, "hint": gap.hint, "url": _where(found, gap)} for gap in check.gaps(record)],
        segments=present.ribbon(record),
        findings=[
            one | {"url": _finding_url(found, one["key"], may_write=may_write)} for one in summary.findings(record)
        ],
        photos=present.pictures(record),
        papers=[
            (label, url_for(endpoint, walk_id=found.id))
            for label, endpoint in current_app.extensions.get("walk_papers", ())
            if found.state is not WalkState.IN_PROGRESS and found.purpose is Purpose.WALK
        ],
        parts=[part(found) for part in current_app.extensions.get("walk_parts", ()) if found.purpose is Purpose.WALK],
        steps=[row | _step_link(found, row, may_write=may_write) for row in summary.steps(record)],
        people=[one for step in respondents.steps(record) for one in respondents.of_step(record, step)],
        addons=[
            (addon, cards(record, addon.questions, posted.errors, posted.typed))
            for addon in record.document.addons_for(found.mode)
            if addon.at == "finish"
        ],
    )


def _where(found: Walkthrough, gap: check.Gap) -> str:
    """Return the address where a gap is closed."""
    if gap.page == "finding":
        return url_for("walkthroughs.measure", walk_id=found.id, key=gap.target)
    if gap.page == "photo":
        return url_for("walkthroughs.photo", walk_id=found.id, photo_id=gap.target)
    if gap.page == "review":
        return f"#{gap.target}" if gap.target else "#review"
    return url_for("walkthroughs.step", walk_id=found.id, screen=gap.page, _anchor=gap.target or None)


def _finding_url(found: Walkthrough, key: str, *, may_write: bool) -> str:
    return url_for("walkthroughs.finding" if may_write else "walkthroughs.measure", walk_id=found.id, key=key)


def _step_link(found: Walkthrough, row: dict[str, Any], *, may_write: bool) -> dict[str, str]:
    if not may_write:
        return {"url": "", "action": ""}
    return {"url": url_for("walkthroughs.timing", walk_id=found.id, name=row["id"]), "action": "改用时"}


@bp.post("/walks/<uuid:walk_id>/reopen")
@allow(*WALKERS)
def reopen(walk_id: uuid.UUID) -> Response:
    service.reopen(load(walk_id, write=True), by=current.user(), tap=DeedForm().tap_id)
    return to("review", walk_id=walk_id)


@bp.get("/walks/<uuid:walk_id>/void")
@allow(*WALKERS)
def ask_void(walk_id: uuid.UUID) -> str:
    form = VoidForm(tap=str(uuid.uuid4()))
    return render_template("walkthroughs/void.html", walk=load(walk_id, write=True), form=form)


@bp.post("/walks/<uuid:walk_id>/void")
@allow(*WALKERS)
def void(walk_id: uuid.UUID) -> Response | str:
    found, form = load(walk_id, write=True), VoidForm()
    if not form.validate_on_submit():
        return render_template("walkthroughs/void.html", walk=found, form=form)
    service.void(found, form.reason.data or "", by=current.user(), tap=form.tap_id)
    return redirect(home_of(found)[0], code=303)


@bp.get("/walks/<uuid:walk_id>/package.zip")
@allow(*WALKERS, Role.LIAISON)
def package(walk_id: uuid.UUID) -> Response:
    """Hand out the walk as one file that another server can take in."""
    found = queries.walk_for(current.user(), walk_id)
    buffer = io.BytesIO()
    is_own = found.walker_id == current.user().id
    export.write_package(buffer, [found], path=store().path, known=media.find, masked_only=not is_own)
    buffer.seek(0)
    name = f"{found.item.task_name}-走流程记录.zip"
    return send_file(buffer, mimetype="application/zip", as_attachment=True, download_name=name)
