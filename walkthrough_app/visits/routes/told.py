"""信息反馈: what the unit is shown of visits, without who visited."""

import uuid

from flask import render_template

from walkthrough_app.accounts import current
from walkthrough_app.accounts.guard import allow
from walkthrough_app.visits import present, queries
from walkthrough_app.visits.queries import DESKS, TOLD
from walkthrough_app.visits.routes.blueprint import bp
from walkthrough_app.visits.routes.one import photo_url


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
