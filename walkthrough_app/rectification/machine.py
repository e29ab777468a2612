"""The states of a finding, and every way from one to another (domain §5.7): the one place that says so.

Pure: what else must hold for a move stands in the service that does it, in one sentence in `guard`.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    REGISTERED = "registered"
    ASSIGNED = "assigned"
    DISPUTED = "disputed"
    RECTIFYING = "rectifying"
    RECTIFIED = "rectified"
    RECHECKING = "rechecking"
    CLOSED = "closed"
    RELAPSED = "relapsed"
    DISMISSED = "dismissed"

    @property
    def label(self) -> str:
        return LABELS[self]

    @classmethod
    def unfinished(cls) -> "frozenset[State]":
        """Return the states in which the unit still owes its work: only these can be overdue."""
        return UNFINISHED

    @property
    def is_over(self) -> bool:
        return self in {State.CLOSED, State.DISMISSED}


LABELS = {
    State.REGISTERED: "登记",
    State.ASSIGNED: "交办",
    State.DISPUTED: "有异议",
    State.RECTIFYING: "整改中",
    State.RECTIFIED: "已整改",
    State.RECHECKING: "回头看",
    State.CLOSED: "销号",
    State.RELAPSED: "反弹",
    State.DISMISSED: "不予立项",
}
UNFINISHED = frozenset({State.REGISTERED, State.ASSIGNED, State.RECTIFYING, State.RELAPSED})


class Actor(StrEnum):
    """Who somebody is towards one finding; one person may be several."""

    UNIT = "unit"
    UNIT_HEAD = "unit_head"
    DESK = "desk"
    CHECKER = "checker"
    RULE = "rule"

    @property
    def label(self) -> str:
        return ACTOR_LABELS[self]


ACTOR_LABELS = {
    Actor.UNIT: "责任单位",
    Actor.UNIT_HEAD: "责任单位一把手",
    Actor.DESK: "作风整顿办、接收报告的工作组",
    Actor.CHECKER: "回头看人员",
    Actor.RULE: "按规则自动",
}


class Verb(StrEnum):
    REGISTER = "register"
    AMEND = "amend"
    DISMISS = "dismiss"
    FIX_NOW = "fix_now"
    ASSIGN = "assign"
    SIGN = "sign"
    DISPUTE = "dispute"
    UPHOLD = "uphold"
    YIELD = "yield"
    NOTE = "note"
    ASK_EXTENSION = "ask_extension"
    GRANT_EXTENSION = "grant_extension"
    REFUSE_EXTENSION = "refuse_extension"
    REPORT_DONE = "report_done"
    SEND_BACK = "send_back"
    ORDER_RECHECK = "order_recheck"
    CLOSE = "close"
    PASSED = "passed"
    KEEP_UP = "keep_up"
    FAILED = "failed"
    RELAPSE = "relapse"
    RESTART = "restart"

    @property
    def label(self) -> str:
        return MOVES[self].label


@dataclass(frozen=True)
class Move:
    """One way: from any of `sources` to `target` (None: the state stays), open to `actors`."""

    label: str
    sources: frozenset[State]
    target: State | None
    actors: frozenset[Actor]
    guard: str


def _move(label: str, sources: str, target: State | None, actors: str, guard: str) -> Move:
    return Move(label, frozenset(map(State, sources.split())), target, frozenset(map(Actor, actors.split())), guard)


MOVES: dict[Verb, Move] = {
    Verb.REGISTER: _move("登记", "", State.REGISTERED, "rule desk", "有类别、程度，有佐证或者没有佐证的原因"),
    Verb.AMEND: _move("补正登记", "registered assigned", None, "rule desk", "签收以前"),
    Verb.DISMISS: _move(
        "不予立项", "registered", State.DISMISSED, "unit_head desk rule", "写明理由，可以指明重复的问题"
    ),
    Verb.FIX_NOW: _move("立行立改", "registered", State.RECTIFIED, "unit rule", "立行立改类，有整改前后照片和完成日期"),
    Verb.ASSIGN: _move("交办", "registered", State.ASSIGNED, "rule desk", "有责任单位和时限"),
    Verb.SIGN: _move("签收", "assigned", State.RECTIFYING, "unit", "有措施和时限；限期整改的还要有步骤"),
    Verb.DISPUTE: _move("提出异议", "assigned", State.DISPUTED, "unit", "交办后5个工作日以内，写明理由"),
    Verb.UPHOLD: _move("维持交办", "disputed", State.ASSIGNED, "desk", "写明理由"),
    Verb.YIELD: _move("异议成立", "disputed", State.DISMISSED, "desk", "写明理由"),
    Verb.NOTE: _move("填写进展", "rectifying", None, "unit", "写明进展"),
    Verb.ASK_EXTENSION: _move("申请延期", "rectifying", None, "unit", "到期以前，默认一次，写明理由、进展和新的时限"),
    Verb.GRANT_EXTENSION: _move("同意延期", "rectifying", None, "desk", "有没有答复的申请"),
    Verb.REFUSE_EXTENSION: _move("不同意延期", "rectifying", None, "desk", "有没有答复的申请，写明理由"),
    Verb.REPORT_DONE: _move("报告已整改", "rectifying", State.RECTIFIED, "unit", "有结果，有没用在别处的整改后照片"),
    Verb.SEND_BACK: _move("退回重办", "rectified", State.RECTIFYING, "desk unit_head", "写明理由和新的时限"),
    Verb.ORDER_RECHECK: _move("安排回头看", "rectified", State.RECHECKING, "desk unit_head", "回头看的人不是整改的人"),
    Verb.CLOSE: _move(
        "核对销号", "rectified", State.CLOSED, "desk unit_head", "只限一般问题，没有抽中回头看；销号的人不是整改的人"
    ),
    Verb.PASSED: _move("回头看通过", "rechecking", State.CLOSED, "checker", "有日期和佐证；不是整改的人"),
    Verb.KEEP_UP: _move("回头看通过，长期坚持", "rechecking", State.RECTIFYING, "checker", "长期坚持类：一年后再看"),
    Verb.FAILED: _move("回头看没有通过", "rechecking", State.RECTIFYING, "checker", "写明现状和新的时限"),
    Verb.RELAPSE: _move("反弹", "closed", State.RELAPSED, "rule desk", "180天以内同一事项又出现同类问题，程度升一级"),
    Verb.RESTART: _move("重新签收", "relapsed", State.RECTIFYING, "unit", "有新的措施、步骤和时限"),
}


def is_open(verb: Verb, state: State) -> bool:
    return state in MOVES[verb].sources


def verbs_of(state: State, actors: frozenset[Actor]) -> list[Verb]:
    """Return what these actors may do in a state, in the order of the table."""
    return [verb for verb, move in MOVES.items() if state in move.sources and move.actors & actors]


def drawn() -> str:
    """Draw the states as a Mermaid diagram, for the docs."""
    names = [f"    {state.value}: {state.label}" for state in State]
    return "\n".join(["stateDiagram-v2", *names, *(f"    {line}" for line in _arrows())])


def _arrows() -> Iterator[str]:
    for move in MOVES.values():
        if not move.sources:
            yield f"[*] --> {move.target}: {move.label}"
        for source in State:
            if source in move.sources:
                yield f"{source} --> {move.target or source}: {move.label}"
    yield "closed --> [*]"
    yield "dismissed --> [*]"


def table() -> str:
    """Write the moves as a Markdown table, for the docs."""
    rows = ["| 动作 | 从 | 到 | 谁 | 条件 |", "|---|---|---|---|---|"]
    for move in MOVES.values():
        sources = "、".join(state.label for state in State if state in move.sources) or "—"
        actors = "；".join(actor.label for actor in Actor if actor in move.actors)
        target = move.target.label if move.target else "不变"
        rows.append(f"| {move.label} | {sources} | {target} | {actors} | {move.guard} |")
    return "\n".join(rows)
