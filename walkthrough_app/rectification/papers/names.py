"""Finds natural persons in a text that is to be published: known names, numbers of identity cards, of telephones."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import select

from walkthrough_app.accounts.models import Lane, OrgClass, Role, Unit, User
from walkthrough_app.core import db
from walkthrough_app.core.errors import Conflict

SHORTEST = 2  # characters of a name
ID_CARD = re.compile(r"(?<!\d)(?:\d{17}[\dXx]|\d{15})(?!\d)")
TELEPHONE = re.compile(r"(?<!\d)(?:(?:\+?86)?1[3-9]\d{9}|0\d{2,3}\d{7,8})(?!\d)")
APART = re.compile(r"[\s·.•_\-—–()（）]+")
MOST = 5


@dataclass(frozen=True)
class Spot:
    """Where in a paper what was found."""

    place: str
    what: str

    def __str__(self) -> str:
        return f"{self.place}：{self.what}"


def refuse(texts: Mapping[str, str]) -> None:
    """Raise Conflict naming each place in `texts` (place: text) where a natural person can be told."""
    found = spots(texts, known())
    if found:
        told = "；".join(str(one) for one in found[:MOST])
        more = f"；另有{len(found) - MOST}处" if len(found) > MOST else ""
        raise Conflict(f"公开的材料里不能有个人的姓名、证件号码和电话，请改写：{told}{more}。")


def known() -> list[str]:
    """Return the names of everybody who has an account, the longest first; an account of an office is no person."""
    names = {bare(name) for name in db.session.scalars(select(User.name))}
    offices = "\n".join(_offices())
    persons = (name for name in names if len(name) >= SHORTEST and name not in offices)
    return sorted(persons, key=lambda name: (-len(name), name))


def _offices() -> Iterable[str]:
    yield from map(bare, db.session.scalars(select(Unit.name)))
    yield from map(bare, db.session.scalars(select(User.post).distinct()))
    yield from (one.label for kind in (Role, Lane, OrgClass) for one in kind)


def spots(texts: Mapping[str, str], names: Iterable[str]) -> list[Spot]:
    names = list(names)
    found = [spot for place, text in texts.items() for line in text.split("\n") for spot in _spots(place, line, names)]
    return list(dict.fromkeys(found))


def _spots(place: str, text: str, names: Iterable[str]) -> Iterable[Spot]:
    squeezed = bare(text)
    for name in names:
        if name in squeezed:
            yield Spot(place, f"姓名“{name}”")
    cards = ID_CARD.findall(squeezed)
    for card in cards:
        yield Spot(place, f"证件号码{card[:4]}…")
        squeezed = squeezed.replace(card, "，")
    for number in TELEPHONE.findall(squeezed):
        yield Spot(place, f"电话{number[:4]}…")


def bare(text: str) -> str:
    """Return a text with full-width signs made plain and without what parts the characters of a name or number."""
    return APART.sub("", unicodedata.normalize("NFKC", text))
