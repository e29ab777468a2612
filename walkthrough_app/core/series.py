"""Numbers in a row: 1, 2, 3 … under a name, without a gap and without a double, however many ask at once.

A number is taken in the transaction that uses it: whoever comes second waits, and what is rolled back is given again.
"""

from sqlalchemy import String
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Mapped, mapped_column

from walkthrough_app.core import db


class Series(db.Base):
    __tablename__ = "number_series"

    name: Mapped[str] = mapped_column(String(200), primary_key=True)
    last: Mapped[int]


def take(name: str) -> int:
    """Return the next number of a series; the first is 1."""
    insert = postgresql.insert if db.session.get_bind().dialect.name == "postgresql" else sqlite.insert
    added = insert(Series).values(name=name, last=1)
    counted = added.on_conflict_do_update(index_elements=[Series.name], set_={"last": Series.last + 1})
    return int(db.session.execute(counted.returning(Series.last)).scalar_one())
