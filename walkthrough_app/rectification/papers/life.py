"""The life of a paper from draft to 办结 (domain §5.8): the one place that says who may do what, and when. Pure."""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    NOTICE = "notice"
    LETTER = "letter"
    RECHECK = "recheck"
    BULLETIN = "bulletin"
    BRIEF = "brief"

    @property
    def label(self) -> str:
        return KIND_LABELS[self]

    @property
    def is_published(self) -> bool:
        """Tell whether it goes to readers, so that no natural person may be named in it."""
        return self in {Kind.BULLETIN, Kind.BRIEF}


KIND_LABELS = {
    Kind.NOTICE: "督办通知单",
    Kind.LETTER: "问题交办函",
    Kind.RECHECK: "回头看记录",
    Kind.BULLETIN: "通报",
    Kind.BRIEF: "典型经验",
}


class State(StrEnum):
    DRAFT = "draft"
    HEARING = "hearing"
    REVIEWED = "reviewed"
    ISSUED = "issued"
    SIGNED = "signed"
    ANSWERED = "answered"
    REPLIED = "replied"
    RETURNED = "returned"
    CLOSED = "closed"
    DROPPED = "dropped"

    @property
    def label(self) -> str:
        return STATE_LABELS[self]

    @property
    def is_out(self) -> bool:
        return self in OUT


STATE_LABELS = {
    State.DRAFT: "草稿",
    State.HEARING: "征求意见",
    State.REVIEWED: "已审核",
    State.ISSUED: "已签发",
    State.SIGNED: "已签收",
    State.ANSWERED: "待负责人确认",
    State.REPLIED: "已反馈",
    State.RETURNED: "退回重办",
    State.CLOSED: "办结",
    State.DROPPED: "作废",
}
OUT = frozenset({State.ISSUED, State.SIGNED, State.ANSWERED, State.REPLIED, State.RETURNED, State.CLOSED})
OWED = frozenset({State.ISSUED, State.SIGNED, State.ANSWERED, State.RETURNED})  # the unit has yet to answer a notice


class Who(StrEnum):
    """Who somebody is towards a paper."""

    AUTHOR = "author"
    UNIT = "unit"
    HEAD = "head"
    NAMED = "named"

    @property
    def label(self) -> str:
        return WHO_LABELS[self]


WHO_LABELS = {
    Who.AUTHOR: "发文的作风整顿办、工作组",
    Who.UNIT: "承办单位",
    Who.HEAD: "承办单位一把手",
    Who.NAMED: "被点名的单位",
}


class Verb(StrEnum):
    DRAFT = "draft"
    AMEND = "amend"
    DROP = "drop"
    HEAR = "hear"
    OBJECT = "object"
    REVIEW = "review"
    REOPEN = "reopen"
    ISSUE = "issue"
    SIGN = "sign"
    REPLY = "reply"
    CONFIRM = "confirm"
    APPROVE = "approve"
    SEND_BACK = "send_back"
    URGE = "urge"

    @property
    def label(self) -> str:
        return MOVES[self].label


@dataclass(frozen=True)
class Move:
    """One way for papers of `kinds` from `sources` to `target` (None: the state stays)."""

    label: str
    kinds: frozenset[Kind]
    sources: frozenset[State]
    target: State | None
    who: Who


def _move(label: str, kinds: str, sources: str, target: State | None, who: Who) -> Move:
    chosen = frozenset(Kind) if kinds == "*" else frozenset(map(Kind, kinds.split()))
    return Move(label, chosen, frozenset(map(State, sources.split())), target, who)


MOVES: dict[Verb, Move] = {
    Verb.DRAFT: _move("起草", "*", "", State.DRAFT, Who.AUTHOR),
    Verb.AMEND: _move("修改", "*", "draft hearing", None, Who.AUTHOR),
    Verb.DROP: _move("作废", "*", "draft hearing reviewed", State.DROPPED, Who.AUTHOR),
    Verb.HEAR: _move("征求意见", "bulletin", "draft", State.HEARING, Who.AUTHOR),
    Verb.OBJECT: _move("答复意见", "bulletin", "hearing", None, Who.NAMED),
    Verb.REVIEW: _move("审核", "bulletin", "draft hearing", State.REVIEWED, Who.AUTHOR),
    Verb.REOPEN: _move("退回修改", "bulletin", "reviewed", State.DRAFT, Who.AUTHOR),
    Verb.ISSUE: _move("签发", "*", "draft reviewed", State.ISSUED, Who.AUTHOR),
    Verb.SIGN: _move("签收", "notice letter", "issued", State.SIGNED, Who.UNIT),
    Verb.REPLY: _move("填写办理情况", "notice", "signed answered returned", State.ANSWERED, Who.UNIT),
    Verb.CONFIRM: _move("确认反馈", "notice", "answered", State.REPLIED, Who.HEAD),
    Verb.APPROVE: _move("同意办结", "notice", "replied", State.CLOSED, Who.AUTHOR),
    Verb.SEND_BACK: _move("退回重办", "notice", "replied", State.RETURNED, Who.AUTHOR),
    Verb.URGE: _move("催办", "notice", "issued signed answered returned", None, Who.AUTHOR),
}


def is_open(verb: Verb, kind: Kind, state: State) -> bool:
    """Tell whether papers of this kind can be moved so now; a bulletin is issued only when it was reviewed."""
    move = MOVES[verb]
    if verb is Verb.ISSUE:
        return state is (State.REVIEWED if kind is Kind.BULLETIN else State.DRAFT)
    return kind in move.kinds and state in move.sources


def verbs_of(kind: Kind, state: State, who: frozenset[Who]) -> list[Verb]:
    return [verb for verb, move in MOVES.items() if move.who in who and is_open(verb, kind, state)]
