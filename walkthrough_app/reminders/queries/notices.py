"""What people were told."""

import uuid
from collections.abc import Sequence
from datetime import date

from sqlalchemy import Select, func, select

from walkthrough_app.accounts.models import User
from walkthrough_app.core import db
from walkthrough_app.reminders.models import Notice

PAGE = 20


def notices_of(user: User, *, before: date | None = None) -> Sequence[Notice]:
    """Return a page of the user's notices, the latest first, and one more to tell whether there are others."""
    query = select(Notice).where(Notice.user_id == user.id)
    if before:
        query = query.where(Notice.day < before)
    return db.session.scalars(query.order_by(Notice.day.desc()).limit(PAGE + 1)).all()


def notice_on(user_id: uuid.UUID, day: date) -> Notice | None:
    """Return the notice to add to: until the end of the transaction nobody else does."""
    query = select(Notice).filter_by(user_id=user_id, day=day).with_for_update(of=Notice)
    return db.session.scalar(query.execution_options(populate_existing=True))


def unread(user: User) -> Select[int]:
    return select(func.count()).select_from(Notice).where(Notice.user_id == user.id, Notice.read_at.is_(None))


def count_unread(user: User) -> int:
    return db.session.scalar(unread(user)) or 0
