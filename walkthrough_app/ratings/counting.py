"""What one rating adds to the counters of its point and month."""

import uuid
from collections.abc import Iterator
from datetime import date

from walkthrough_app.ratings.asking import Asked, Said, scores
from walkthrough_app.ratings.models import RatingCount
from walkthrough_app.ratings.upserts import add_up

ALL, GIVEN, SCORED, ASIDE = "", "given", "scored", "aside"


def count(point_id: uuid.UUID, asked: Asked, answers: Said, on: date, *, is_aside: bool) -> None:
    """Add a rating: counted with its answers, or only as one that was set aside."""
    cells = [(ALL, ASIDE)] if is_aside else sorted(_cells(asked, asked.choices(answers)))
    month = f"{on:%Y-%m}"
    add_up(
        RatingCount,
        [
            {"point_id": point_id, "month": month, "question": question, "answer": answer, "number": 1}
            for question, answer in cells
        ],
    )


def _cells(asked: Asked, answers: Said) -> Iterator[tuple[str, str]]:
    yield ALL, GIVEN
    if any(str(answers.get(one.id)) in scores(one) for one in asked.scored):
        yield ALL, SCORED
    for question, value in answers.items():
        yield from ((question, str(one)) for one in (value if isinstance(value, list) else [value]))
