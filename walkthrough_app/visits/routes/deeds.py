"""What is done about one visit: begin, hand in, feed back, call off."""

import uuid

from flask import flash, request
from werkzeug.wrappers import Response

from walkthrough_app.accounts import current
from walkthrough_app.accounts.guard import allow
from walkthrough_app.core import web
from walkthrough_app.core.errors import Forbidden, Invalid
from walkthrough_app.core.forms import DeedForm
from walkthrough_app.visits import present, queries, service
from walkthrough_app.visits.forms import FeedbackForm, ReasonForm, wish_in
from walkthrough_app.visits.queries import DESKS, INSPECTORS
from walkthrough_app.visits.routes.blueprint import bp, to
from walkthrough_app.visits.routes.one import page


@bp.post("/visits/<uuid:visit_id>/start")
@allow(*INSPECTORS)
def start_visit(visit_id: uuid.UUID) -> Response:
    found = queries.visit_for(current.user(), visit_id, write=True)
    walk = service.start(found, by=current.user(), tap=DeedForm().tap_id)
    return to("walkthroughs.walk", walk_id=walk.id)


@bp.post("/visits/<uuid:visit_id>/hand-in")
@allow(*INSPECTORS)
def hand_in(visit_id: uuid.UUID) -> Response | str:
    """Register the problems; refused, the page is shown again with what was typed."""
    found = queries.visit_for(current.user(), visit_id, write=True)
    record = present.record_of(found)
    wishes = {key: wish_in(request.form, key) for key in (record.state.findings if record else {})}
    try:
        made = service.hand_in(found, wishes, by=current.user(), tap=DeedForm().tap_id)
    except Invalid as error:
        web.refuse()
        found = queries.visit_for(current.user(), visit_id)
        return page(found, errors={error.field: error.message}, typed=wishes)
    flash(f"已移交，{len(made)}个问题进了台账。" if made else "已移交。这次没有发现问题。")
    return to("visits.visit", visit_id=visit_id)


@bp.post("/visits/<uuid:visit_id>/feedback")
@allow(*DESKS)
def feed_back(visit_id: uuid.UUID) -> Response | str:
    found, form = queries.visit_to_supervise(current.user(), visit_id), FeedbackForm()
    if not form.validate_on_submit():
        return page(found, feedback=form)
    many = service.feed_back(found, form.text.data or "", by=current.user(), tap=form.tap_id)
    flash(f"已反馈{found.unit.name}" + (f"，交办{many}个问题。" if many else "。"))
    return to("visits.visit", visit_id=visit_id)


@bp.post("/visits/<uuid:visit_id>/call-off")
@allow(*INSPECTORS)
def call_off(visit_id: uuid.UUID) -> Response | str:
    """Call a visit off: who supervises it, or the inspector who began it."""
    me, form = current.user(), ReasonForm()
    found = queries.visit_for(me, visit_id)
    if not (queries.is_desk(me, found) or found.ordered_by_id == me.id):
        raise Forbidden("由安排的人作废，您可以查看。")
    if not form.validate_on_submit():
        return page(found, reason=form)
    service.call_off(found, form.reason.data or "", by=me, tap=form.tap_id)
    flash("已作废。")
    return to("visits.visit", visit_id=visit_id)
