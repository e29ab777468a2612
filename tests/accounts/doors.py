"""Ways in, and looking things up again after a request."""

import uuid
from typing import Any, TypeVar

from flask.testing import FlaskClient
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from walkthrough_app.core import db
from walkthrough_app.core.audit import AuditEntry

PASSWORD = "清晨的窗口八点半开门"
OTHER_PASSWORD = "下午的窗口一点半开门"
R = TypeVar("R", bound=db.Row)


def sign_in(client: FlaskClient, username: str = "head", password: str = PASSWORD, query: str = "") -> TestResponse:
    return client.post(f"/sign-in{query}", data={"username": username, "password": password})


def is_in(client: FlaskClient) -> bool:
    """Tell whether the client is signed in."""
    return client.get("/me").status_code == 200


def fresh(row: R) -> R:
    """Return the row as it is in the database now."""
    found = db.session.get(type(row), row.id, populate_existing=True)
    assert found is not None
    return found


def count(model: type[db.Row], **equal: Any) -> int:
    return db.session.scalar(select(func.count()).select_from(model).filter_by(**equal)) or 0


def deeds(subject_id: uuid.UUID) -> list[str]:
    query = select(AuditEntry.verb).where(AuditEntry.subject_id == subject_id).order_by(AuditEntry.created_at)
    return list(db.session.scalars(query))


def cookie(client: FlaskClient) -> str:
    """Return the token in the client's cookie, or ''."""
    with client.session_transaction() as kept:
        return str(kept.get("sid", ""))
