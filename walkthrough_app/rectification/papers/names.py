"""Finds natural persons in a text that is to be published: known names, numbers of identity cards, of telephones."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import select

from walkthrough_app.accounts.models import Lane, OrgClass, Role, Unit, User
from walkthrough_app.core import db
from walkthrough_app.core.errors import Conflict

SHORTEST = 2  # characters of a name; so short a one may be part of another word
CALLED = "同志|先生|女士|师傅|老师|警官|本人|等人|[正副]?(?:[局科县处所队组部市区镇乡校院站]长|主任|书记|经理)|干事"
CALLING = "姓名|名叫|人员|职工|干部|民警|负责人|责任人|当事人|局长|科长|县长|处长|所长|队长|组长|主任|书记|经理|同志"
# Words that hold what is also somebody's name.
WORDS = (
    *("高峰时段", "高峰时间", "高峰时", "高峰期", "高峰日", "早高峰", "晚高峰", "错高峰", "小高峰", "大高峰"),
    *("客流高峰", "办事高峰", "业务高峰", "办理高峰", "排队高峰", "人流高峰", "季节高峰"),
    *("文明单位", "文明窗口", "文明服务", "文明用语", "文明城市", "文明办", "平安建设", "平安创建"),
    *("作风建设", "队伍建设", "城市建设", "建设工程", "建设项目", "建设用地", "建设单位", "建设局"),
)
EXPLAINED = 4  # characters of a reason
NOT_NAMES = "不是姓名的，修改时在“不是姓名的词”里写明这个词和理由"
ID_CARD = re.compile(r"(?<!\d)(?:\d{17}[\dXx]|\d{15})(?!\d)")
TELEPHONE = re.compile(r"(?<!\d)(?:(?:\+?86)?1[3-9]\d{9}|0\d{2,3}\d{7,8})(?!\d)")
APART = re.compile(r"[\s·.•_\-—–()（）]+")
MOST = 5


@dataclass(frozen=True)
class Spot:
    """Where in a paper what was found."""

    place: str
    what: str
    word: str = ""  # what may be part of another word, so that somebody has to say

    def __str__(self) -> str:
        return f"{self.place}：{self.what}"


def refuse(texts: Mapping[str, str], explained: str = "") -> None:
    """Raise Conflict naming each place in `texts` (place: text) where a natural person can be told.

    `explained` is what the office says of short words that are nobody's name there: each word with a reason.
    """
    found = [one for one in spots(texts, known()) if not (one.word and is_explained(one.word, explained))]
    if found:
        told = "；".join(str(one) for one in found[:MOST])
        more = f"；另有{len(found) - MOST}处" if len(found) > MOST else ""
        hint = f"；{NOT_NAMES}" if any(one.word for one in found) else ""
        raise Conflict(f"公开的材料里不能有个人的姓名、证件号码和电话，请改写：{told}{more}{hint}。")


def is_explained(word: str, explained: str) -> bool:
    """Tell whether a line names the word and says something more about it."""
    lines = [bare(line) for line in explained.splitlines()]
    return any(word in line and len(line.replace(word, "")) >= EXPLAINED for line in lines)


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
        if name not in squeezed:
            continue
        if is_person(name, squeezed):
            yield Spot(place, f"姓名“{name}”")
        elif is_alone(name, squeezed):
            yield Spot(place, f"姓名“{name}”", word=name)
    cards = ID_CARD.findall(squeezed)
    for card in cards:
        yield Spot(place, f"证件号码{card[:4]}…")
        squeezed = squeezed.replace(card, "，")
    for number in TELEPHONE.findall(squeezed):
        yield Spot(place, f"电话{number[:4]}…")


def is_person(name: str, text: str) -> bool:
    """Tell whether a name in a text is surely one: longer than a word, beside what people are called, or by itself."""
    if len(name) > SHORTEST:
        return True
    called = rf"(?:{CALLING})[是为叫系：:“]?{name}|{name}(?:{CALLED})"
    by_itself = rf"(?<![\u4e00-\u9fff]){name}(?![\u4e00-\u9fff])"
    return bool(re.search(f"{called}|{by_itself}", text))


def is_alone(name: str, text: str) -> bool:
    """Tell whether a short name is found outside the ordinary words that hold it."""
    for word in WORDS:
        if name in word:
            text = text.replace(word, "，")
    return name in text


def bare(text: str) -> str:
    """Return a text with full-width signs made plain and without what parts the characters of a name or number."""
    return APART.sub("", unicodedata.normalize("NFKC", text))
