"""Reading batches, and the world that rows are held against."""

import uuid
from collections.abc import Collection, Iterable, Sequence

from rapidfuzz import process
from sqlalchemy import select

from walkthrough_app.accounts import queries as accounts
from walkthrough_app.accounts.models import Unit, User
from walkthrough_app.campaigns.models import ServiceItem
from walkthrough_app.core import clock, db
from walkthrough_app.core.errors import NotFound
from walkthrough_app.imports.columns import TEMPLATES, Kind
from walkthrough_app.imports.models import ImportBatch

EXPIRED = "这次上传放得太久，已经清掉了，请重新上传文件。"
CLOSE = 60  # of 100: how like a known name a mistyped one must be to be suggested


def batch_for(
    user: User, batch_id: uuid.UUID, *, kinds: Collection[Kind] = TEMPLATES, for_update: bool = False
) -> ImportBatch:
    """Load a batch of these kinds for the one who uploaded it; NotFound to others, and when it waited too long."""
    query = select(ImportBatch).where(ImportBatch.id == batch_id, ImportBatch.made_by_id == user.id)
    query = query.where(ImportBatch.kind.in_(kinds))
    if for_update:
        query = query.with_for_update(of=ImportBatch).execution_options(populate_existing=True)
    found = db.session.scalar(query)
    if found is None:
        raise NotFound
    if found.confirmed_at is None and clock.now() >= found.expires_at:
        raise NotFound(EXPIRED)
    return found


def stale(user: User) -> Sequence[ImportBatch]:
    """Return the user's batches that nobody confirmed in time."""
    mine = select(ImportBatch).where(ImportBatch.made_by_id == user.id, ImportBatch.confirmed_at.is_(None))
    return db.session.scalars(mine.where(ImportBatch.expires_at <= clock.now())).all()


def units(by: User | None) -> Sequence[Unit]:
    """Return the units the importer may name: those of the realm; all of them on the command line."""
    return accounts.units_for(by) if by else accounts.units()


def all_units() -> Sequence[Unit]:
    """Return every unit, whatever the realm: names are taken once in the whole installation."""
    return accounts.units()


def people() -> Sequence[User]:
    """Return everyone, whatever the realm: user names are taken once in the whole installation."""
    return db.session.scalars(select(User).order_by(User.created_at)).all()


def members(among: Sequence[Unit]) -> dict[uuid.UUID, list[User]]:
    """Return the active people by unit, heads first."""
    grouped: dict[uuid.UUID, list[User]] = {}
    for user in accounts.members_of(among):
        grouped.setdefault(user.unit_id, []).append(user)
    return grouped


def items_by_name(among: Iterable[Unit]) -> dict[tuple[uuid.UUID, str], ServiceItem]:
    """Return the items of these units, those taken out of the catalogue too."""
    query = select(ServiceItem).where(ServiceItem.unit_id.in_([unit.id for unit in among]))
    query = query.where(ServiceItem.is_place.is_(False))
    return {(item.unit_id, item.task_name): item for item in db.session.scalars(query)}


def closest(name: str, known: Iterable[str]) -> str:
    """Return the known name that is most like a mistyped one, or ''."""
    found = process.extractOne(name, list(known), score_cutoff=CLOSE)
    return found[0] if found else ""
