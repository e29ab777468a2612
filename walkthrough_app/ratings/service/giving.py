"""Taking a rating: once for each form, counted or set aside, never dropped."""

import uuid

from sqlalchemy import update

from walkthrough_app.core import clock, db
from walkthrough_app.core.errors import Conflict
from walkthrough_app.ratings import counting, masking, queries, sources, terms
from walkthrough_app.ratings.asking import Asked, Said
from walkthrough_app.ratings.models import Rating, RatingCase, RatingPoint
from walkthrough_app.ratings.sources import Source
from walkthrough_app.ratings.upserts import add_new

OVER = "这里的评价已经结束，谢谢您。"


def give(point: RatingPoint, rating_id: uuid.UUID, said: Said, *, source: Source) -> bool:
    """Keep what somebody said; tell whether it is new. Invalid when nothing was said, Conflict at a closed point.

    `rating_id` is that of the form: the same form sent again is the same rating.
    """
    asked = queries.asked_of(point.campaign, point.form_key)
    asked.check(said)
    if not queries.is_open(point):
        if queries.rating(rating_id) is not None:
            return False
        raise Conflict(OVER)
    comment = masking.mask(asked.comment(said))
    row = {"id": rating_id, "point_id": point.id, "given_on": clock.today(), "answers": asked.choices(said)}
    if not add_new(Rating, {**row, "comment": comment, "is_aside": False, "is_purged": False}):
        return False
    is_aside = _is_aside(point, rating_id, source)
    counting.count(point.id, asked, said, clock.today(), is_aside=is_aside)
    _note_case(point, rating_id, asked, said, is_aside=is_aside)
    return True


def _is_aside(point: RatingPoint, rating_id: uuid.UUID, source: Source) -> bool:
    is_too_many = sources.is_too_many(point.id, source, terms.of(point.campaign_id))
    if is_too_many:
        db.session.execute(update(Rating).where(Rating.id == rating_id).values(is_aside=True))
    return is_too_many


def _note_case(point: RatingPoint, rating_id: uuid.UUID, asked: Asked, said: Said, *, is_aside: bool) -> None:
    """Put a comment or a bad rating on the office's desk."""
    is_bad = bool(asked.bad(said))
    if is_bad or asked.comment(said):
        due_on = clock.add_workdays(clock.today(), asked.form.answer_days)
        where = {"campaign_id": point.campaign_id, "unit_id": point.unit_id}
        db.session.add(RatingCase(rating_id=rating_id, **where, is_bad=is_bad, is_aside=is_aside, due_on=due_on))
