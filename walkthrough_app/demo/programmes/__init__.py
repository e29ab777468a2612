"""The three sister programmes as they run in 示例市, on the same engine as 走流程."""

from sqlalchemy import select

from walkthrough_app.accounts.models import User
from walkthrough_app.core import db
from walkthrough_app.demo.programmes import effective, four_strict, run_once
from walkthrough_app.demo.town import Town
from walkthrough_app.media.storage import MediaStore


def build(town: Town, store: MediaStore, seed: int) -> None:
    """Open the three campaigns and let them run; the report of 最多跑一次 is confirmed, its paper is made by a job."""
    run_once.build(town, store, seed)
    four_strict.build(town, store, seed + 200)
    effective.build(town, store, seed + 400)


def hand_in() -> None:
    """Hand in what was confirmed, now that its paper is there."""
    run_once.hand_in({user.username: user for user in db.session.scalars(select(User))})
