"""What changed between two versions of a questionnaire, step by step and question by question, in Chinese. Pure."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from walkthrough_app.authoring import yaml_file
from walkthrough_app.authoring.wording import condition_words, show_if_words
from walkthrough_app.authoring.words import FIELDS, PARTS, TYPES, name_of

Kind = Literal["added", "removed", "changed"]
KINDS = {"added": "新增", "removed": "删去", "changed": "修改"}
Data = Mapping[str, Any]
ASKING = ("steps", "addons")
IGNORED = {"version", "schema", "id"}
LONGEST = 120  # characters of one value


@dataclass(frozen=True)
class Line:
    """One member that differs; what was not there before, or is not there any more, is ''."""

    name: str
    old: str
    new: str


@dataclass(frozen=True)
class Change:
    kind: Kind
    what: str
    lines: tuple[Line, ...] = ()

    @property
    def kind_words(self) -> str:
        return KINDS[self.kind]


@dataclass(frozen=True)
class Section:
    """The changes of one step, one add-on, or of one other part."""

    title: str
    changes: list[Change] = field(default_factory=list)


def difference(old: Data, new: Data) -> list[Section]:
    """Return what changed, in the order of the new document; sections without a change are left out."""
    sections = [_heads(old, new)]
    for part in ASKING:
        sections += _asking(part, old, new)
    for part in PARTS:
        if part not in ASKING and isinstance((new if part in new else old).get(part), list):
            sections.append(Section(PARTS[part], _members(old.get(part) or [], new.get(part) or [])))
    return [one for one in sections if one.changes]


def _heads(old: Data, new: Data) -> Section:
    """Compare what is no list: the title, the basis, the assessment."""
    names = [
        name for name in PARTS if name not in IGNORED and not isinstance((new if name in new else old).get(name), list)
    ]
    lines = _lines(_only(old, names), _only(new, names))
    return Section("问卷", [Change("changed", "基本信息", lines)] if lines else [])


def _only(data: Data, names: Sequence[str]) -> dict[str, Any]:
    return {name: data[name] for name in names if name in data}


def _asking(part: str, old: Data, new: Data) -> Iterator[Section]:
    """Compare steps or add-ons; a question that went to another one is said to have moved."""
    before, after = _by_id(old.get(part) or []), _by_id(new.get(part) or [])
    homes = {key: (name, one) for name, member in before.items() for key, one in _by_id(_questions(member)).items()}
    for name, member in after.items():
        section = Section(f"{PARTS[part]}“{_name(member)}”")
        section.changes.extend(_of_member(before.get(name), member, PARTS[part]))
        section.changes.extend(_of_questions(name, member, homes, before, after))
        yield section
    for name, member in before.items():
        if name not in after:
            yield Section(f"{PARTS[part]}“{_name(member)}”", [Change("removed", f"整个{PARTS[part]}")])
    if _moved(list(before), list(after)):
        yield Section(PARTS[part], [Change("changed", "先后次序", (_order_line(before, after),))])


def _of_member(old: Data | None, new: Data, kind: str) -> list[Change]:
    if old is None:
        return [Change("added", f"整个{kind}")]
    lines = _lines(old, new, without=("questions",))
    return [Change("changed", "设置", lines)] if lines else []


def _of_questions(
    name: str,
    member: Data,
    homes: Mapping[str, tuple[str, Data]],
    before: Mapping[str, Data],
    after: Mapping[str, Data],
) -> Iterator[Change]:
    now = _by_id(_questions(member))
    for key, question in now.items():
        home, old = homes.get(key, ("", None))
        if old is None:
            yield Change("added", _asked(question), _lines({}, question, without=("id", "text")))
            continue
        moved = (Line("环节", _name(before[home]), _name(member)),) if home != name else ()
        lines = (*moved, *_lines(old, question))
        if lines:
            yield Change("changed", _asked(question), lines)
    kept = {key for one in after.values() for key in _by_id(_questions(one))}
    was = _by_id(_questions(before.get(name, {})))
    yield from (Change("removed", _asked(one)) for key, one in was.items() if key not in kept)
    stayed = [key for key in was if key in now]
    if _moved(list(was), list(now)):
        yield Change("changed", "题目次序", (_order_line(_only(was, stayed), _only(now, list(now))),))


def _members(old: Sequence[Data], new: Sequence[Data]) -> list[Change]:
    """Compare the members of any other list by their ids."""
    before, after = _by_id(old), _by_id(new)
    found = []
    for name, member in after.items():
        if name not in before:
            found.append(Change("added", _name(member), _lines({}, member, without=("id", "name", "title"))))
        elif lines := _lines(before[name], member):
            found.append(Change("changed", _name(member), lines))
    found += [Change("removed", _name(member)) for name, member in before.items() if name not in after]
    if _moved(list(before), list(after)):
        found.append(Change("changed", "先后次序", (_order_line(before, after),)))
    return found


def _moved(old: list[str], new: list[str]) -> bool:
    """Tell whether what both have stands in another order."""
    return [one for one in old if one in new] != [one for one in new if one in old]


def _order_line(old: Mapping[str, Data], new: Mapping[str, Data]) -> Line:
    return Line("次序", "、".join(map(_name, old.values())), "、".join(map(_name, new.values())))


def _by_id(members: Any) -> dict[str, Data]:
    """Index members by their ids; in a draft one may be missing or stand twice."""
    made: dict[str, Data] = {}
    for place, member in enumerate(members if isinstance(members, list) else []):
        if isinstance(member, Mapping):
            name = str(member.get("id") or f"第{place + 1}个")
            made[name if name not in made else f"{name}（{place + 1}）"] = member
    return made


def _questions(member: Data) -> Any:
    return member.get("questions") or []


def _name(member: Data) -> str:
    return str(
        member.get("title") or member.get("name") or member.get("text") or member.get("label") or member.get("id")
    )


def _asked(question: Data) -> str:
    return f"题目“{question.get('text') or question.get('id')}”"


def _lines(old: Data, new: Data, *, without: Sequence[str] = ()) -> tuple[Line, ...]:
    """Compare two mappings member by member, options and rules one by one."""
    lines: list[Line] = []
    for name in [*new, *(one for one in old if one not in new)]:
        if name in without or old.get(name) == new.get(name):
            continue
        if name in {"options", "suggest", "advice"}:
            lines += _listed(name, old.get(name) or [], new.get(name) or [])
        else:
            lines.append(Line(name_of(name), _shown(name, old.get(name)), _shown(name, new.get(name))))
    return tuple(lines)


def _listed(name: str, old: Sequence[Data], new: Sequence[Data]) -> Iterator[Line]:
    """Pair options by id; rules by their title and test, then those left over one after the other."""
    pairs = _pairs(name, old, new)
    for one, other in pairs:
        if one != other:
            yield Line(FIELDS[name], _shown(name, one), _shown(name, other))
    kept_old, kept_new = [one for one in old if one in new], [one for one in new if one in old]
    if kept_old != kept_new:
        texts = ["、".join(_brief(one) for one in kept) for kept in (kept_old, kept_new)]
        yield Line(f"{FIELDS[name]}的次序", *texts)


def _pairs(name: str, old: Sequence[Data], new: Sequence[Data]) -> list[tuple[Data | None, Data | None]]:
    rest = list(old)
    pairs: list[tuple[Data | None, Data | None]] = []
    for one in new:
        match = next((two for two in rest if two == one), None) or next(
            (two for two in rest if _key(name, two) == _key(name, one) and two not in new), None
        )
        if match is not None:
            rest.remove(match)
        pairs.append((match, one))
    return [*pairs, *((one, None) for one in rest)]


def _key(name: str, member: Data) -> Any:
    return member.get("id") if name == "options" else member.get("title") or member.get("text")


def _brief(member: Data) -> str:
    return str(member.get("label") or member.get("title") or member.get("text") or member.get("id"))


def _shown(name: str, value: Any) -> str:
    """Write a value in words, short enough for a line."""
    if value is None:
        return ""
    text = SHOWN[name](value) if name in SHOWN else _plain(value)
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"


def _plain(value: Any) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, list) and not any(isinstance(one, dict | list) for one in value):
        return "、".join(map(str, value))
    if isinstance(value, dict | list):
        return " ".join(yaml_file.write(value).split())
    return str(value)


def _option(option: Data) -> str:
    marks = ["只能单选"] if option.get("exclusive") else []
    marks += [f"{option['score']}分"] if "score" in option else []
    return f"{option.get('label')}{'（' + '，'.join(marks) + '）' if marks else ''}"


def _rule(rule: Data) -> str:
    tail = "，".join(str(rule[name]) for name in ("category", "severity", "reason") if name in rule)
    what = rule.get("title") or rule.get("text")
    return f"{condition_words(rule.get('when'))} → {what}（{tail or rule.get('heading')}）"


def _clause(clause: Any) -> str:
    return f"{clause.get('seed')} · {clause.get('text')}" if isinstance(clause, Mapping) else _plain(clause)


SHOWN: Mapping[str, Callable[[Any], str]] = {
    "type": lambda value: TYPES.get(str(value), str(value)),
    "options": _option,
    "suggest": _rule,
    "advice": _rule,
    "clause": _clause,
    "show_if": show_if_words,
    "when": condition_words,
}
