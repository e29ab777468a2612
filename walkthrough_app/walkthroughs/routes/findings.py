"""Problems: taken from a suggestion or by hand, edited, dropped, and their measures."""

import uuid
from typing import Any

from flask import render_template, request
from werkzeug.wrappers import Response

from walkthrough_app.accounts import current
from walkthrough_app.accounts.guard import allow
from walkthrough_app.accounts.models import Role
from walkthrough_app.core.errors import Invalid, NotFound
from walkthrough_app.core.forms import DeedForm
from walkthrough_app.core.web import accepts_pictures
from walkthrough_app.walkthroughs import log, measures, present, queries, service
from walkthrough_app.walkthroughs.forms import FindingForm, MeasureForm
from walkthrough_app.walkthroughs.models import Walkthrough
from walkthrough_app.walkthroughs.record import WalkRecord
from walkthrough_app.walkthroughs.routes.blueprint import bp, door, load, take_in, to


@bp.get("/walks/<uuid:walk_id>/findings/new")
@allow(Role.HEAD, Role.DEPUTY)
def new_finding(walk_id: uuid.UUID) -> str:
    """Offer a new problem, filled in from the suggestion it comes from."""
    found = load(walk_id, write=True)
    record = log.record_of(found)
    form = FindingForm(data=measures.proposal(record, request.args.get("question", ""), request.args.get("screen", "")))
    return _finding_page(found, record, form, None)


@bp.get("/walks/<uuid:walk_id>/findings/<uuid:key>")
@allow(Role.HEAD, Role.DEPUTY)
def finding(walk_id: uuid.UUID, key: uuid.UUID) -> str:
    found = load(walk_id, write=True)
    record = log.record_of(found)
    known = _known(record, key)
    return _finding_page(found, record, FindingForm(data=known), str(key))


@bp.post("/walks/<uuid:walk_id>/findings/new")
@allow(Role.HEAD, Role.DEPUTY)
@accepts_pictures
def save_new_finding(walk_id: uuid.UUID) -> Response | str:
    return _save(walk_id, None)


@bp.post("/walks/<uuid:walk_id>/findings/<uuid:key>")
@allow(Role.HEAD, Role.DEPUTY)
@accepts_pictures
def save_finding(walk_id: uuid.UUID, key: uuid.UUID) -> Response | str:
    return _save(walk_id, key)


def _save(walk_id: uuid.UUID, key: uuid.UUID | None) -> Response | str:
    found = load(walk_id, write=True)
    service.must_be_open(found)
    pictures = take_in("photo")
    form, record = FindingForm(), log.record_of(found)
    if key:
        _known(record, key)
    measures.offer(form, record.paper)
    here = door(found, form.tap_id)
    fresh = [service.add_photo(here, one, step=measures.step_of(record, form)) for one in pictures.media]
    form.photos.data = [*(form.photos.data or []), *fresh]
    if not form.validate_on_submit() or pictures.refusals:
        return _finding_page(found, here.commit(), form, str(key) if key else None, pictures.refusal)
    made = str(key or uuid.uuid5(form.tap_id, "finding"))
    measures.say_finding(here, record, made, form)
    here.commit()
    return to("measure", walk_id=walk_id, key=made)


@bp.post("/walks/<uuid:walk_id>/findings/<uuid:key>/drop")
@allow(Role.HEAD, Role.DEPUTY)
def drop_finding(walk_id: uuid.UUID, key: uuid.UUID) -> Response:
    found = load(walk_id, write=True)
    service.must_be_open(found)
    _known(log.record_of(found), key)
    here = door(found, DeedForm().tap_id)
    here.add("drop", finding=str(key))
    here.commit()
    return to("review", walk_id=walk_id)


@bp.get("/walks/<uuid:walk_id>/findings/<uuid:key>/measure")
@allow(Role.HEAD, Role.DEPUTY, Role.LIAISON)
def measure(walk_id: uuid.UUID, key: uuid.UUID) -> str:
    found = queries.walk_to_measure(current.user(), walk_id)
    record = log.record_of(found)
    form = MeasureForm(data=measures.measure_data(record, _known(record, key)))
    return _measure_page(found, record, form, key)


@bp.post("/walks/<uuid:walk_id>/findings/<uuid:key>/measure")
@allow(Role.HEAD, Role.DEPUTY, Role.LIAISON)
@accepts_pictures
def save_measure(walk_id: uuid.UUID, key: uuid.UUID) -> Response | str:
    """Set the measure: 立行立改, or 时限和步骤 (S002-65, S002-66). Allowed after the walk is finished too."""
    found = queries.walk_to_measure(current.user(), walk_id)
    pictures = take_in("after_photo")
    record, form = log.record_of(found), MeasureForm()
    _known(record, key)
    here = door(found, form.tap_id)
    photos = [service.add_photo(here, one, step="result") for one in pictures.media]
    form.after_photos.data = [*(form.after_photos.data or []), *photos]
    try:
        if form.validate_on_submit() and not pictures.refusals:
            measures.say_measure(here, record, str(key), form)
            here.commit()
            return to("review", walk_id=walk_id)
    except Invalid as error:
        form.refuse(error)
    if pictures.refusals:
        form.refuse(Invalid("after_photo", pictures.refusal))
    return _measure_page(found, here.commit(), form, key)


def _known(record: WalkRecord, key: uuid.UUID) -> dict[str, Any]:
    try:
        return record.state.findings[str(key)]
    except KeyError:
        raise NotFound from None


def _finding_page(
    found: Walkthrough, record: WalkRecord, form: FindingForm, key: str | None, photo_error: str = ""
) -> str:
    measures.offer(form, record.paper)
    form.tap.data = form.tap.data or str(uuid.uuid4())
    return render_template(
        "walkthroughs/finding.html",
        walk=found,
        form=form,
        key=key,
        photos=present.pictures(record),
        photo_error=photo_error,
        clause=measures.clause_of(record, form.question.data, form.category.data),
    )


def _measure_page(found: Walkthrough, record: WalkRecord, form: MeasureForm, key: uuid.UUID) -> str:
    form.tap.data = form.tap.data or str(uuid.uuid4())
    known = record.state.findings[str(key)]
    photos = present.pictures(record)
    return render_template("walkthroughs/measure.html", walk=found, form=form, key=key, finding=known, photos=photos)
