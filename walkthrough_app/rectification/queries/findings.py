"""One finding with its deeds, pictures and extensions."""

import uuid
from collections.abc import Collection, Sequence

from sqlalchemy import select

from walkthrough_app.accounts.models import User
from walkthrough_app.core import db
from walkthrough_app.core.errors import Forbidden, NotFound
from walkthrough_app.rectification import rights
from walkthrough_app.rectification.machine import MOVES, Verb
from walkthrough_app.rectification.models import Extension, Finding, FindingEntry, FindingPhoto, PhotoRole, Source


def finding_for(user: User, finding_id: uuid.UUID, *, verb: Verb | None = None) -> Finding:
    """Load a finding the user may see; with `verb`, Forbidden unless it is the user's to do (whatever the state)."""
    finding = db.session.get(Finding, finding_id)
    if finding is None or not rights.sees(user, finding):
        raise NotFound
    if verb and not MOVES[verb].actors & rights.actors_of(user, finding):
        raise Forbidden(who_does(verb))
    return finding


def who_does(verb: Verb) -> str:
    move = MOVES[verb]
    names = "或者".join(actor.label for actor in sorted(move.actors) if actor.value != "rule")
    return f"“{move.label}”由{names}办理，您可以查看。"


def findings_by_id(user: User, ids: Collection[uuid.UUID]) -> Sequence[Finding]:
    """Return those of the findings that the user may see, in the order of their codes."""
    query = select(Finding).where(Finding.id.in_(ids), rights.visible(user)).order_by(Finding.code)
    return db.session.scalars(query).all()


def lock(finding: Finding) -> None:
    """Let one deed at a time decide about this finding, and see what the one before has done."""
    db.session.execute(select(Finding.id).where(Finding.id == finding.id).with_for_update())
    db.session.refresh(finding)


def entry(entry_id: uuid.UUID) -> FindingEntry | None:
    return db.session.get(FindingEntry, entry_id)


def entries_of(finding: Finding) -> Sequence[FindingEntry]:
    """Return what was done, in the order in which it was."""
    return db.session.scalars(
        select(FindingEntry).where(FindingEntry.finding_id == finding.id).order_by(FindingEntry.seq)
    ).all()


def photos_of(finding: Finding, role: PhotoRole | None = None) -> Sequence[FindingPhoto]:
    query = select(FindingPhoto).where(FindingPhoto.finding_id == finding.id)
    if role:
        query = query.where(FindingPhoto.role == role)
    return db.session.scalars(query.order_by(FindingPhoto.created_at, FindingPhoto.id)).all()


def duplicate_of(user: User, finding: Finding) -> Finding | None:
    """Return the finding that this one repeats, if the user may see that one too."""
    found = db.session.get(Finding, finding.duplicate_of_id) if finding.duplicate_of_id else None
    return found if found and rights.sees(user, found) else None


def photo_for(user: User, finding_id: uuid.UUID, photo_id: uuid.UUID) -> FindingPhoto:
    """Load a picture of a finding the user may see."""
    finding = finding_for(user, finding_id)
    photo = db.session.get(FindingPhoto, photo_id)
    if photo is None or photo.finding_id != finding.id:
        raise NotFound
    return photo


def open_extension(finding: Finding) -> Extension | None:
    return db.session.scalar(
        select(Extension).where(Extension.finding_id == finding.id, Extension.decided_at.is_(None)).limit(1)
    )


def extensions_of(finding: Finding) -> Sequence[Extension]:
    query = select(Extension).where(Extension.finding_id == finding.id)
    return db.session.scalars(query.order_by(Extension.created_at)).all()


def by_key(key: uuid.UUID) -> Finding | None:
    """Return the finding that was taken in under a key of its own."""
    return db.session.scalar(select(Finding).where(Finding.key == key, Finding.source != Source.WALK).limit(1))


def of_walk(walk_id: uuid.UUID) -> dict[uuid.UUID, Finding]:
    """Return the findings of a walk by the key they have in it."""
    found = db.session.scalars(select(Finding).where(Finding.walk_id == walk_id))
    return {one.key: one for one in found if one.key}
