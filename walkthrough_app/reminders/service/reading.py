"""Having read what one was told."""

from sqlalchemy import update

from walkthrough_app.accounts.models import User
from walkthrough_app.core import clock, db
from walkthrough_app.reminders.models import Notice


def read_all(user: User) -> None:
    """Take the mark of what is new from all of the user's notices."""
    new = update(Notice).where(Notice.user_id == user.id, Notice.read_at.is_(None))
    db.session.execute(new.values(read_at=clock.now()))
