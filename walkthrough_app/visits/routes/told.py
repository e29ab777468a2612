"""信息反馈: what the unit is shown of visits, without who visited."""

import io
import uuid

from flask import make_response, render_template
from werkzeug.wrappers import Response

from walkthrough_app.accounts import current
from walkthrough_app.accounts.guard import allow
from walkthrough_app.core import web
from walkthrough_app.core.errors import Conflict, NotFound
from walkthrough_app.documents.papers import VisitFeedback
from walkthrough_app.visits import present, queries, service
from walkthrough_app.visits.models import Visit, VisitState
from walkthrough_app.visits.queries import DESKS, TOLD
from walkthrough_app.visits.routes.blueprint import bp, to
from walkthrough_app.visits.routes.one import photo_url, store

REFRESH_SECONDS = "2"


@bp.get("/feedback")
@allow(*TOLD)
def feedbacks() -> str:
    """List what the own unit was told, the latest first."""
    return render_template("visits/feedbacks.html", visits=queries.fed_back_to(current.user()))


@bp.get("/feedback/<uuid:visit_id>")
@allow(*TOLD, *DESKS)
def feedback(visit_id: uuid.UUID) -> Response | str:
    found = queries.told_for(current.user(), visit_id)
    paper = queries.paper_of(found)
    making = service.PRESS.progress(paper) if paper else None
    shown = render_template(
        "visits/feedback.html",
        visit=found,
        shown=present.shown(found, None),
        findings=queries.findings_of(found),
        photos=sorted(present.told_photos(found)),
        is_desk=queries.is_desk(current.user(), found),
        photo_url=photo_url(found),
        paper=paper,
        making=making,
    )
    if making is None or making.error:
        return shown
    response = make_response(shown)
    response.headers["Refresh"] = REFRESH_SECONDS
    return response


@bp.get("/feedback/<uuid:visit_id>.<any(pdf, docx):suffix>")
@allow(*TOLD, *DESKS)
def feedback_paper(visit_id: uuid.UUID, suffix: str) -> Response:
    """Hand out 督查反馈单; before it is fed back a draft in Word, to who supervises."""
    found = queries.told_for(current.user(), visit_id)
    name = f"{VisitFeedback.kind}（{found.unit.name}）.{suffix}"
    if found.state is VisitState.FED_BACK:
        return _given_out(found, name, suffix)
    if suffix == "pdf":
        raise NotFound
    return web.paper(io.BytesIO(service.draft(found, store(), by=current.user())), name)


def _given_out(found: Visit, name: str, suffix: str) -> Response:
    made = queries.paper_of(found)
    sha256 = made and (made.pdf_sha256 if suffix == "pdf" else made.docx_sha256)
    if not sha256:
        raise Conflict("反馈单还没有生成好，请稍等。")
    return web.paper(store().path(sha256), name, etag=sha256)


@bp.post("/feedback/<uuid:visit_id>/paper")
@allow(*DESKS)
def give_out_feedback(visit_id: uuid.UUID) -> Response:
    """Have the files made of a feedback that has none, or tried again."""
    service.give_out(queries.visit_to_supervise(current.user(), visit_id))
    return to("visits.feedback", visit_id=visit_id)
