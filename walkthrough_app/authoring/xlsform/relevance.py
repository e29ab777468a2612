"""`show_if` as XLSForm's `relevant`, and back where it says no more than ours can. Pure."""

import re
from collections.abc import Mapping
from typing import Any

COMPARE = {"gt": ">", "gte": ">=", "lte": "<="}
FIELD = r"\$\{\s*([^}\s]+)\s*\}"
VALUE = r"(?:'([^']*)'|\"([^\"]*)\"|(-?[0-9]{1,9}))"
SELECTED = re.compile(rf"selected\(\s*{FIELD}\s*,\s*{VALUE}\s*\)")
UNSELECTED = re.compile(rf"not\(\s*selected\(\s*{FIELD}\s*,\s*{VALUE}\s*\)\s*\)")
COMPARED = re.compile(rf"{FIELD}\s*(!=|>=|<=|=|>|<)\s*{VALUE}")
ANSWERED = re.compile(rf"{FIELD}\s*!=\s*(?:''|\"\")\s+and\s+(.+)")  # no test of ours holds for an empty answer
SIBLING = re.compile(r"(?<![\w/.])\.\./([A-Za-z_][\w-]*)(?![\w/.(-])")
QUOTES = str.maketrans("‘’“”", "''\"\"")
Read = tuple[str, str, Any]  # the name asked about, the test, its operand


def write(show_if: Mapping[str, Any], *, is_many: bool) -> str:
    """Return the expression for a `show_if`; '' when XLSForm cannot say it."""
    test, operand = next(iter(show_if["when"].items()))
    field = f"${{{show_if['question']}}}"
    if test == "not_empty":
        return f"{field} != ''"
    if test in COMPARE:
        return f"{field} {COMPARE[test]} {operand}" if isinstance(operand, int) else ""
    if test == "is":
        return _equal(field, operand, is_many=is_many)
    if test == "in":
        return " or ".join(_equal(field, one, is_many=is_many) for one in operand)
    if len(operand) == 1 and not is_many:
        return f"{field} != '' and {field} != '{operand[0]}'"
    return ""


def _equal(field: str, value: Any, *, is_many: bool) -> str:
    if is_many:
        return f"selected({field}, '{value}')"
    return f"{field} = {value}" if isinstance(value, int) else f"{field} = '{value}'"


def read(expression: str) -> Read | None:
    """Return what an expression asks of one earlier question; None when it is more than one test of one question."""
    plain = SIBLING.sub(r"${\1}", expression.translate(QUOTES)).strip()
    if found := ANSWERED.fullmatch(plain):
        test = _alternatives(found[2])
        return test if test and test[0] == found[1] else None
    return _alternatives(plain)


def _alternatives(text: str) -> Read | None:
    parts = [_bare(part) for part in re.split(r"\s+or\s+", _bare(text), flags=re.IGNORECASE)]
    found = [_one(part) for part in parts]
    if any(one is None for one in found):
        return None
    tests = [one for one in found if one is not None]
    if len(tests) == 1:
        return tests[0]
    names, kinds = {name for name, _, _ in tests}, {kind for _, kind, _ in tests}
    if len(names) == 1 and kinds <= {"is", "in"}:
        values = [value for _, _, operand in tests for value in (operand if isinstance(operand, list) else [operand])]
        return tests[0][0], "in", list(dict.fromkeys(values))
    return None


def _bare(text: str) -> str:
    """Take away brackets that hold the whole."""
    text = text.strip()
    while text.startswith("(") and text.endswith(")") and "(" not in text[1:-1] and ")" not in text[1:-1]:
        text = text[1:-1].strip()
    return text


def _one(text: str) -> Read | None:
    if found := SELECTED.fullmatch(text):
        return found[1], "in", [_value(found, 2)]
    if found := UNSELECTED.fullmatch(text):
        return found[1], "any_but", [_value(found, 2)]
    if found := COMPARED.fullmatch(text):
        return _compared(found[1], found[2], _value(found, 3))
    return None


def _value(found: re.Match[str], at: int) -> Any:
    """Return the value as text, or as a number when it stands bare."""
    if found[at + 2] is not None:
        return int(found[at + 2])
    return found[at] if found[at] is not None else found[at + 1]


def _compared(name: str, sign: str, value: Any) -> Read | None:
    if value == "":
        return (name, "not_empty", True) if sign == "!=" else None
    if sign == "=":
        return name, "is", value
    if sign == "!=":
        return name, "any_but", [value]
    number = value if isinstance(value, int) else int(value) if re.fullmatch(r"[0-9]{1,6}", value) else None
    if number is None or number < 0:
        return None
    test, limit = {">": ("gt", number), ">=": ("gte", number), "<=": ("lte", number), "<": ("lte", number - 1)}[sign]
    return (name, test, limit) if limit >= 0 else None
