"""Finding what a walk has in common with others, by index: one walk at a time, however many there are."""

import uuid
from collections.abc import Sequence

from sqlalchemy import or_, select

from walkthrough_app.core import db
from walkthrough_app.figures.models import StepFigure, WalkFigure
from walkthrough_app.media import queries as media
from walkthrough_app.quality import matching, texts
from walkthrough_app.quality.models import DeviceTrace, PhotoTrace, TextTrace, WalkTrace
from walkthrough_app.quality.subject import Around, Match, Subject
from walkthrough_app.walkthroughs.models import Walkthrough

MOST_PEERS = 2000  # walks of the same item that a length is set beside
MOST_ALIKE = 60  # traces that one picture or text is set beside
ALIKE = 80  # percent; a rule may ask for more
FARTHEST = 40  # bits; a rule may ask for less


def around(walk: Walkthrough, subject: Subject) -> Around:
    """Return what other walks have in common with this one; its own traces must be stored."""
    pictures, after = _pictures(walk)
    texts_found, after_texts = _texts(walk, subject)
    devices = _devices(walk)
    overlaps = list(matching.overlaps(db.session.get_one(WalkTrace, walk.id), _same_walker(walk)))
    both = {one.walk for one in overlaps} | {other for walks in devices.values() for other in walks}
    return Around(
        peers=_peers(walk),
        pictures=pictures,
        texts=texts_found,
        devices=devices,
        overlaps=overlaps,
        concerned=frozenset(after | after_texts | both),
    )


def _peers(walk: Walkthrough) -> dict[str, list[int]]:
    """Return the lengths of each step in counted walks of the same item, timed and not typed."""
    step = StepFigure
    query = select(step.step, step.seconds).join(WalkFigure, WalkFigure.walk_id == step.walk_id)
    query = query.where(step.task_name == walk.item.task_name, step.walk_id != walk.id, step.is_typed.is_(False))
    query = query.where(WalkFigure.is_counted, step.seconds > 0)
    found: dict[str, list[int]] = {}
    for name, seconds in db.session.execute(query.order_by(step.walk_id).limit(MOST_PEERS * 6)):
        found.setdefault(name, []).append(seconds)
    return found


def _pictures(walk: Walkthrough) -> tuple[list[Match], set[uuid.UUID]]:
    """Return the matches of the walk's pictures, and the later walks that share one."""
    mine = db.session.scalars(select(PhotoTrace).filter_by(walk_id=walk.id).order_by(PhotoTrace.photo)).all()
    known = media.by_hash({one.sha256 for one in mine})
    looked = {sha256: one.look for sha256, one in known.items() if one.look}
    found, after = list(matching.own_pictures(mine, looked)), set[uuid.UUID]()
    for one in mine:
        near = media.near(looked[one.sha256], within=FARTHEST) if one.sha256 in looked else {}
        apart = near | {one.sha256: 0}
        others = _uses(one, sorted(apart, key=apart.__getitem__))
        found += matching.other_pictures(one, others, apart)
        after |= matching.later(one, others)
    return found, after


def _uses(mine: PhotoTrace, hashes: Sequence[str]) -> Sequence[PhotoTrace]:
    query = select(PhotoTrace).where(PhotoTrace.sha256.in_(hashes[:MOST_ALIKE]), PhotoTrace.walk_id != mine.walk_id)
    return db.session.scalars(query.order_by(PhotoTrace.at, PhotoTrace.walk_id).limit(MOST_ALIKE)).all()


def _texts(walk: Walkthrough, subject: Subject) -> tuple[list[Match], set[uuid.UUID]]:
    mine = db.session.scalars(select(TextTrace).filter_by(walk_id=walk.id).order_by(TextTrace.place)).all()
    shown = texts.written(subject.record)
    found, after = list(matching.own_texts(mine, shown)), set[uuid.UUID]()
    for one in mine:
        others = _alike(one)
        found += matching.other_texts(one, others, shown[one.place])
        after |= matching.later(one, [other for other in others if texts.alike(one.text, other.text) >= ALIKE])
    return found, after


def _alike(mine: TextTrace) -> Sequence[TextTrace]:
    shared = or_(*(getattr(TextTrace, name) == getattr(mine, name) for name in texts.MARKS))
    query = select(TextTrace).where(shared, TextTrace.walk_id != mine.walk_id)
    return db.session.scalars(query.order_by(TextTrace.at, TextTrace.walk_id).limit(MOST_ALIKE)).all()


def _devices(walk: Walkthrough) -> dict[str, list[uuid.UUID]]:
    """Return this walk's devices that also recorded walks of other people."""
    own = select(DeviceTrace.device).where(DeviceTrace.walk_id == walk.id)
    query = select(DeviceTrace.device, DeviceTrace.walk_id)
    query = query.where(DeviceTrace.device.in_(own), DeviceTrace.walker_id != walk.walker_id)
    rows = db.session.execute(query.order_by(DeviceTrace.walk_id).limit(MOST_ALIKE))
    return matching.foreign_devices((device, walk_id) for device, walk_id in rows)


def _same_walker(walk: Walkthrough) -> Sequence[WalkTrace]:
    return db.session.scalars(
        select(WalkTrace).where(WalkTrace.walker_id == walk.walker_id).order_by(WalkTrace.walk_id).limit(500)
    ).all()
