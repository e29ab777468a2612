"""What is made anew where rows arrive."""

from walkthrough_app import config
from walkthrough_app.board.search import service
from walkthrough_app.core import db


def rebuild(settings: config.Settings) -> None:
    """Make the index for searching."""
    engine = db.connect(settings.database_url)
    with db.transaction():
        service.rebuild(lambda _count: db.step())
    engine.dispose()
