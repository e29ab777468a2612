"""Looking at the plan and at what a page says."""

import uuid
from collections.abc import Sequence

from bs4 import BeautifulSoup
from sqlalchemy import select
from werkzeug.test import TestResponse

from walkthrough_app.campaigns.models import PlanEntry
from walkthrough_app.core import db
from walkthrough_app.core.audit import AuditEntry


def entries() -> Sequence[PlanEntry]:
    db.session.expire_all()
    return db.session.scalars(select(PlanEntry)).all()


def refusal(answer: TestResponse, field: str) -> str:
    """Return what stands beside a field, or ''."""
    found = BeautifulSoup(answer.text, "html.parser").find(id=f"{field}-error")
    return found.get_text(strip=True) if found else ""


def value(answer: TestResponse, field: str) -> str:
    """Return what a text field of the page holds."""
    found = BeautifulSoup(answer.text, "html.parser").find(attrs={"name": field})
    return str(found.get("value") or found.get_text()).strip() if found else ""


def deeds(subject_id: uuid.UUID) -> list[str]:
    query = select(AuditEntry.verb).where(AuditEntry.subject_id == subject_id).order_by(AuditEntry.created_at)
    return list(db.session.scalars(query))
