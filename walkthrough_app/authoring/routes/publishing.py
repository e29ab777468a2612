"""What publishing would change, and publishing."""

import uuid

from flask import flash
from werkzeug.wrappers import Response

from walkthrough_app.accounts import current
from walkthrough_app.accounts.guard import allow
from walkthrough_app.authoring import queries, service, shown
from walkthrough_app.authoring.difference import difference
from walkthrough_app.authoring.forms import RevisionForm
from walkthrough_app.authoring.problems import problems_of
from walkthrough_app.authoring.routes.blueprint import bp, load, page, to
from walkthrough_app.campaigns.queries import STEWARDS


@bp.get("/questionnaires/drafts/<uuid:draft_id>/publish")
@allow(*STEWARDS)
def confirm(draft_id: uuid.UUID) -> Response | str:
    draft = load(draft_id)
    if draft.published_id:
        return to("published", questionnaire_id=draft.published_id)
    newest = queries.newest(draft.key)
    problems = problems_of(draft.document)
    return page(
        "publish",
        draft,
        newest=newest,
        version=newest.version + 1 if newest else 1,
        sections=difference(newest.document, draft.document) if newest else [],
        problems=[(one, *shown.endpoint_of(one.place)) for one in problems],
        steps=list(shown.cards(draft.document, "steps")),
    )


@bp.post("/questionnaires/drafts/<uuid:draft_id>/publish")
@allow(*STEWARDS)
def publish(draft_id: uuid.UUID) -> Response:
    made = service.publish(load(draft_id, write=True), revision=RevisionForm().shown, by=current.user())
    flash(f"“{made.title}”第{made.version}版已发布，建活动时可以选。正在走的仍用原来的版本。")
    return to("published", questionnaire_id=made.id)
