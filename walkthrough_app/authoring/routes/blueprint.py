"""What all pages of authoring share: loading a draft, saving it, going on."""

import uuid
from collections.abc import Callable, Mapping
from typing import Any

from flask import Blueprint, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from walkthrough_app.accounts import current
from walkthrough_app.authoring import queries, service
from walkthrough_app.authoring.forms import RevisionForm
from walkthrough_app.authoring.models import QuestionnaireDraft
from walkthrough_app.core import web
from walkthrough_app.core.errors import Conflict, Invalid

bp = Blueprint("authoring", __name__, template_folder="../templates")
PARTS = "<any(steps,addons):part>"
Change = Callable[[Mapping[str, Any]], Mapping[str, Any]]


def to(endpoint: str, anchor: str = "", **values: Any) -> Response:
    return redirect(url_for(f"authoring.{endpoint}", _anchor=anchor or None, **values), code=303)


def load(draft_id: uuid.UUID, *, write: bool = False) -> QuestionnaireDraft:
    return queries.draft_for(current.user(), draft_id, write=write)


def saved(draft_id: uuid.UUID, form: RevisionForm, change: Change, what: str) -> bool:
    """Save what `change` makes of the draft; refused, the form says why and keeps what was typed."""
    draft = load(draft_id, write=True)
    try:
        service.save(draft, change(draft.document), what, revision=form.shown, by=current.user())
    except (Invalid, Conflict) as error:
        form.form_errors.append(error.message)
        web.refuse()
        return False
    return True


def goes_on() -> bool:
    """Tell whether the button was 保存并继续."""
    return request.form.get("do") == "stay"


def page(template: str, draft: QuestionnaireDraft, **values: Any) -> str:
    return render_template(f"authoring/{template}.html", draft=draft, data=draft.document, **values)


def download(content: bytes, name: str, kind: str) -> Response:
    response = make_response(content)
    response.headers["Content-Type"] = kind
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
