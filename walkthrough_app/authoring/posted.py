"""What the page of a question posts, as a question; plain mappings of lists in, no HTTP."""

import copy
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Protocol

from walkthrough_app.core.errors import Invalid
from walkthrough_app.core.forms import tidy

NUMBERS = {"count", "minutes", "days"}
CHOICES = {"one", "many"}
BY_TYPE = {
    "options": CHOICES,
    "labels": {"yn"},
    "scale": {"score5"},
    "unit": NUMBERS,
    "quick": NUMBERS,
    "special": NUMBERS,
    "auto": NUMBERS,
}
KEEP = "keep"  # a test that the page cannot show stays as it is


class Values(Protocol):
    """A posted form: every name may stand several times."""

    def getlist(self, key: str) -> list[str]: ...


def read_question(values: Values, old: Mapping[str, Any], others: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    """Return the question a page posts; what the page does not show stays as in `old`.

    `others` are the questions asked before it, by id. Invalid("", …) names a bad number.
    """
    made = {name: copy.deepcopy(value) for name, value in old.items() if fits(name, old["type"])}
    _set(made, "text", _one(values, "text"), is_needed=True)
    _set(made, "hint", _one(values, "hint"))
    _set(made, "required", True if _one(values, "required") else None)
    made["clause"] = {"seed": _one(values, "clause-seed"), "text": _one(values, "clause-text")}
    _set(made, "focus", [one for one in values.getlist("focus") if one])
    for name, read in OF_TYPE.items():
        if made["type"] in BY_TYPE[name]:
            _set(made, name, read(values, made))
    _set(made, "show_if", _show_if(values, old, others))
    _set(made, "note", _note(values, made))
    _set(made, "suggest", list(_rules(values, made)))
    return made


def fits(name: str, kind: str) -> bool:
    """Tell whether a question of this type may have a member of this name."""
    return kind in BY_TYPE.get(name, {kind})


def _set(made: dict[str, Any], name: str, value: Any, *, is_needed: bool = False) -> None:
    if value or is_needed:
        made[name] = value
    else:
        made.pop(name, None)


def _all(values: Values, name: str) -> list[str]:
    return [tidy(one) or "" for one in values.getlist(name)]


def _one(values: Values, name: str) -> str:
    return next(iter(_all(values, name)), "")


def number(text: str, what: str) -> int:
    """Read a whole number; Invalid says which of the page's fields it stands in."""
    digits = unicodedata.normalize("NFKC", text)
    if not (digits.isascii() and digits.isdigit() and len(digits) <= 6):
        raise Invalid("", f"{what}请填整数，现在是“{text[:20]}”。")
    return int(digits)


def _options(values: Values, made: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Read the rows of options that have words; a new one gets a name of its own."""
    old = {str(one.get("id")): one for one in made.get("options") or []}
    names, labels, scores = (_all(values, f"option-{part}") for part in ("id", "label", "score"))
    alone, used = values.getlist("option-alone"), set(names)
    found = []
    for at, (name, label) in enumerate(zip(names, labels, strict=False)):
        if not label:
            continue
        mine = name or next(free for free in (f"o{n}" for n in range(1, 1000)) if free not in used)
        used.add(mine)
        option = {**old.get(name, {}), "id": mine, "label": label}
        _set(option, "exclusive", True if str(at) in alone else None)
        score = scores[at] if at < len(scores) else ""
        option.pop("score", None)
        found.append(option | ({"score": number(score, f"选项“{label}”的分数")} if score else {}))
    return found


def _labels(values: Values, _made: Mapping[str, Any]) -> dict[str, str] | None:
    yes, no = _one(values, "label-yes"), _one(values, "label-no")
    return {"yes": yes, "no": no} if (yes or no) and (yes, no) != ("是", "否") else None


def _scale(values: Values, _made: Mapping[str, Any]) -> list[str]:
    words = _all(values, "scale")
    return words if any(words) else []


def _quick(values: Values, _made: Mapping[str, Any]) -> list[int]:
    return [number(one, "快捷值") for one in _all(values, "quick") if one]


def _special(values: Values, _made: Mapping[str, Any]) -> list[dict[str, Any]]:
    rows = zip(_all(values, "special-value"), _all(values, "special-label"), strict=False)
    return [{"value": number(value, "特殊值"), "label": label} for value, label in rows if value or label]


def _unit(values: Values, _made: Mapping[str, Any]) -> str:
    return _one(values, "unit")


def _auto(values: Values, _made: Mapping[str, Any]) -> str:
    return _one(values, "auto")


OF_TYPE: Mapping[str, Callable[[Values, Mapping[str, Any]], Any]] = {
    "options": _options,
    "labels": _labels,
    "scale": _scale,
    "unit": _unit,
    "quick": _quick,
    "special": _special,
    "auto": _auto,
}


def _show_if(values: Values, old: Mapping[str, Any], others: Mapping[str, Mapping[str, Any]]) -> dict[str, Any] | None:
    """Read what an earlier question must have been answered; a question just chosen gets a test to begin with."""
    name = _one(values, "show-question")
    if not name:
        return None
    before = old.get("show_if") or {}
    if name == before.get("question"):
        when = read_condition(values, "show", others.get(name), before.get("when"))
    else:
        when = None
    return {"question": name, "when": when or first_condition(others.get(name))}


def first_condition(question: Mapping[str, Any] | None) -> dict[str, Any]:
    """Return the likeliest test of a question's answer."""
    kind = question.get("type") if question else ""
    options = (question or {}).get("options") or []
    if kind == "yn":
        return {"is": "yes"}
    if kind in CHOICES and options:
        return {"in": [str(options[0].get("id"))]}
    return {"gte": 1} if kind in {*NUMBERS, "score5"} else {"not_empty": True}


def _note(values: Values, made: Mapping[str, Any]) -> dict[str, Any] | None:
    prompt = _one(values, "note-prompt")
    old = made.get("note") or {}
    when = read_condition(values, "note", made, old.get("when"))
    return {"when": when or {}, "prompt": prompt} if prompt or when else None


def _rules(values: Values, made: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Read the rules that have a title or a test; what the page does not show of a rule stays."""
    old: Sequence[Mapping[str, Any]] = made.get("suggest") or []
    for at in range(min(len(_all(values, "rule")), 20)):
        before = dict(old[at]) if at < len(old) else {}
        prefix = f"rule{at}"
        title = _one(values, f"{prefix}-title")
        when = read_condition(values, prefix, made, before.get("when"))
        if made["type"] == "yn" and title and not when:
            when = {"is": "no"}
        if _one(values, f"{prefix}-drop") or not (title or when):
            continue
        rule = {**before, "when": when or {}, "title": title}
        for name in ("category", "severity", "reason", "reason_at_zero"):
            _set(rule, name, _one(values, f"{prefix}-{name}"))
        _set(rule, "improve", True if _one(values, f"{prefix}-improve") else None)
        yield rule


def read_condition(
    values: Values, prefix: str, question: Mapping[str, Any] | None, old: Mapping[str, Any] | None
) -> dict[str, Any] | None:
    """Read a test of the answer to `question`; None when none is chosen."""
    test = _one(values, f"{prefix}-test")
    if not test:
        return None
    if test == KEEP:
        return dict(old or {})
    if test == "not_empty":
        return {"not_empty": True}
    if test in {"gt", "gte", "lte"}:
        return {test: _operand(values, prefix, old)}
    return _chosen(values, prefix, question, test)


def _operand(values: Values, prefix: str, old: Mapping[str, Any] | None) -> Any:
    kind, _, name = _one(values, f"{prefix}-operand").partition(":")
    if kind == KEEP:
        return next(iter((old or {}).values()), 0)
    if kind in {"threshold", "fact"}:
        return {kind: name}
    return number(_one(values, f"{prefix}-number") or "?", "条件里的数")


def _chosen(values: Values, prefix: str, question: Mapping[str, Any] | None, test: str) -> dict[str, Any] | None:
    """Read a test of choices, or one of a number that stands for a word."""
    if test not in {"is", "in", "any_but"}:
        return None
    if question and question.get("type") in {*NUMBERS, "score5"}:
        return {"is": number(_one(values, f"{prefix}-number") or "?", "条件里的数")}
    chosen = [one for one in _all(values, f"{prefix}-choice") if one]
    if not chosen:
        return {test: []} if test != "is" else {}
    return {"is": chosen[0]} if test == "is" else {test: chosen}
