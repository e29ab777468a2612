"""The office at its desk, with the programmes of the app published and a draft of a fifth one."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from walkthrough_app.accounts.models import User
from walkthrough_app.authoring import queries, service, skeleton
from walkthrough_app.authoring.models import QuestionnaireDraft
from walkthrough_app.core import db
from walkthrough_app.questionnaires import service as questionnaires

CLAUSE = "对窗口服务逐项体验"


@pytest.fixture
def desk(cast: SimpleNamespace, client_for: Callable[[User], FlaskClient]) -> FlaskClient:
    questionnaires.install_builtin()
    db.session.commit()
    return client_for(cast.office)


@pytest.fixture
def fifth() -> dict[str, Any]:
    """A small document of a programme that does not exist yet."""
    return skeleton.empty("quick_service", "窗口提速", basis="关于窗口提速的通知", number="〔2026〕1号", clause=CLAUSE)


@pytest.fixture
def draft(desk: FlaskClient, cast: SimpleNamespace, fifth: dict[str, Any]) -> QuestionnaireDraft:
    made = service.start(fifth, by=cast.office)
    db.session.commit()
    return made


@pytest.fixture
def at(draft: QuestionnaireDraft) -> str:
    """The address of the draft."""
    return f"/questionnaires/drafts/{draft.id}"


@pytest.fixture
def post(desk: FlaskClient, draft: QuestionnaireDraft, at: str) -> Callable[..., TestResponse]:
    """Post to a page of the draft, naming the revision that is the newest unless told otherwise."""

    def send(page: str, revision: int | None = None, **fields: Any) -> TestResponse:
        now = db.session.get(QuestionnaireDraft, draft.id)
        shown = revision or (now.revision if now else 0)
        return desk.post(f"{at}{page}", data={"revision": shown, **fields})

    return send


@pytest.fixture
def now(draft: QuestionnaireDraft) -> Callable[[], dict[str, Any]]:
    """The document of the draft as it is stored now."""

    def read() -> dict[str, Any]:
        db.session.expire_all()
        found = queries.open_draft("quick_service")
        assert found
        return dict(found.document)

    return read
