"""信息反馈: what the unit is shown of visits, without who visited."""

import io
import uuid

from flask import render_template, send_file
from werkzeug.wrappers import Response

from walkthrough_app.accounts import current
from walkthrough_app.accounts.guard import allow
from walkthrough_app.core import clock
from walkthrough_app.visits import letter, present, queries
from walkthrough_app.visits.queries import DESKS, TOLD
from walkthrough_app.visits.routes.blueprint import bp
from walkthrough_app.visits.routes.one import photo_url, store

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@bp.get("/feedback")
@allow(*TOLD)
def feedbacks() -> str:
    """List what the own unit was told, the latest first."""
    return render_template("visits/feedbacks.html", visits=queries.fed_back_to(current.user()))


@bp.get("/feedback/<uuid:visit_id>")
@allow(*TOLD, *DESKS)
def feedback(visit_id: uuid.UUID) -> str:
    found = queries.told_for(current.user(), visit_id)
    photos = present.told_photos(found)
    return render_template(
        "visits/feedback.html",
        visit=found,
        shown=present.shown(found, None),
        findings=queries.findings_of(found),
        photos=sorted(photos),
        is_desk=queries.is_desk(current.user(), found),
        photo_url=photo_url(found),
    )


@bp.get("/feedback/<uuid:visit_id>.docx")
@allow(*TOLD, *DESKS)
def feedback_letter(visit_id: uuid.UUID) -> Response:
    """Hand out 督查反馈单; before it is fed back a draft, to who supervises."""
    me = current.user()
    found = queries.told_for(me, visit_id)
    pictures = [store().path(one) for one in sorted(present.told_photos(found))]
    issuer = found.fed_back_by.unit.name if found.fed_back_by else me.unit.name
    written = letter.write(found, queries.findings_of(found), pictures, issuer=issuer, at=clock.now())
    name = f"{letter.TITLE}（{found.unit.name}）.docx"
    return send_file(io.BytesIO(written), mimetype=DOCX, as_attachment=True, download_name=name)
