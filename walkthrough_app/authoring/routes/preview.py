"""A draft as the phone will show it. Taps are answered, nothing is kept."""

import uuid
from typing import Any

from flask import render_template, request

from walkthrough_app.accounts.guard import allow
from walkthrough_app.authoring import preview as previews
from walkthrough_app.authoring import shown
from walkthrough_app.authoring.problems import problems_of
from walkthrough_app.authoring.routes.blueprint import bp, load, page
from walkthrough_app.campaigns.queries import STEWARDS
from walkthrough_app.core.errors import NotFound
from walkthrough_app.questionnaires.document import Document
from walkthrough_app.walkthroughs.forms import Posted, StepForm, answers_in


@bp.route("/questionnaires/drafts/<uuid:draft_id>/preview", methods=["GET", "POST"])
@allow(*STEWARDS)
def preview(draft_id: uuid.UUID) -> str:
    """Show one screen in one mode (?mode= and ?screen=); what is posted are the answers so far."""
    draft = load(draft_id)
    if problems := problems_of(draft.document):
        return page("not_yet", draft, problems=[(one, *shown.endpoint_of(one.place)) for one in problems])
    document = Document.parse(draft.document)
    mode = request.values.get("mode") or document.modes[0].id
    if mode not in {one.id for one in document.modes}:
        raise NotFound("问卷里没有这种方式。")
    posted = answers_in(request.form, document.all_questions())
    record = previews.record_of(document, mode, {name: v for name, v in posted.values.items() if v is not None})
    screen = _screen(record, posted)
    values = {"modes": document.modes, "mode": mode, "form": StepForm(formdata=None), "record": record}
    carried = _carried({one.question.id for one in screen.cards})
    return render_template("authoring/preview.html", draft=draft, screen=screen, carried=carried, **values)


def _screen(record: Any, posted: Posted) -> previews.Screen:
    """Return the screen asked for; a button of the page may ask for another one."""
    names = previews.screens_of(record)
    wanted = request.form.get("go") or request.values.get("screen") or names[0]
    try:
        return previews.screen_of(record, wanted, posted.errors, posted.typed)
    except KeyError as error:
        raise NotFound("这种方式没有这个环节。") from error


def _carried(here: set[str]) -> list[tuple[str, str]]:
    """Return the answers given on other screens, to be posted on."""
    names = {f"q-{name}" for name in here}
    return [
        (name, value)
        for name, values in request.form.lists()
        if name.startswith("q-") and name not in names
        for value in values
    ]
