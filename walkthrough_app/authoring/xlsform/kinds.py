"""Types of foreign questions in ours, and their lists of choices. Pure."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from walkthrough_app.authoring.xlsform import spelling

OPTION_ID = re.compile(r"[a-z][a-z0-9_]{0,31}")
META = {"start", "end", "today", "deviceid", "subscriberid", "simserial", "phonenumber", "username", "email", "audit"}
OUTSIDE = "选项在另外的文件里，没有带来"
LEFT = {
    "calculate": "计算题没有带来",
    "hidden": "隐藏题没有带来",
    "audio": "录音题没有带来",
    "background-audio": "录音题没有带来",
    "video": "录像题没有带来",
    "file": "附件题没有带来",
    "barcode": "扫码题没有带来",
    "geopoint": "定位题没有带来",
    "geotrace": "定位题没有带来",
    "geoshape": "定位题没有带来",
    "start-geopoint": "定位题没有带来",
    "background-geopoint": "定位题没有带来",
    "osm": "地图题没有带来",
    "time": "时刻题没有带来",
    "datetime": "时刻题没有带来",
    "xml-external": "外部数据没有带来",
    "csv-external": "外部数据没有带来",
    "select_one_external": OUTSIDE,
    "select_one_from_file": OUTSIDE,
    "select_multiple_from_file": OUTSIDE,
}
PLAIN = {"text": "text", "string": "text", "image": "photo", "photo": "photo", "date": "text"}
NUMBERS = {"integer", "int", "decimal"}
SELECTS = {"select_one": "one", "select1": "one", "select_multiple": "many", "select": "many", "rank": "many"}
SCALE = ["很差", "较差", "一般", "较好", "很好"]
CHECK = "数量题的单位和快捷值请核对"
COUNT = {"type": "count", "unit": "个", "quick": [1, 5, 10]}


@dataclass(frozen=True)
class Choice:
    name: str
    label: str


@dataclass
class Kind:
    """What a type becomes: members of the question, its choices, and what is to be said of it."""

    members: dict[str, Any]
    choices: Sequence[Choice] = ()
    said: list[str] = field(default_factory=list)
    names: Mapping[str, str] = field(default_factory=dict)  # what else an answer is called in conditions


def kind_of(row: Mapping[str, str], lists: Mapping[str, Sequence[Choice]]) -> Kind | None:
    """Return what the type of a row becomes; None when we have nothing like it."""
    words = spelling.kind(row["type"]).split()
    name = words[0].lower()
    if name in SELECTS:
        return _select(name, words[1:], lists)
    if name in NUMBERS:
        said = [CHECK, "小数改成了整数"] if name == "decimal" else [CHECK]
        return Kind(dict(COUNT), said=said)
    if name == "range":
        return _range(row.get("parameters", ""))
    if name in {"acknowledge", "trigger"}:
        return Kind({"type": "yn"}, (Choice("yes", "是"), Choice("no", "否")), ["确认题改成了是非题"], {"OK": "yes"})
    if name in PLAIN:
        return Kind({"type": PLAIN[name]}, said=["日期题改成了文字题"] if name == "date" else [])
    return None


def _select(name: str, words: Sequence[str], lists: Mapping[str, Sequence[Choice]]) -> Kind:
    wanted = words[0] if words else ""
    choices = list(lists.get(wanted, ()))
    said = ["排序题改成了多选题"] if name == "rank" else []
    said += [] if choices else [f"choices 里没有 {wanted} 的选项" if wanted else "没有写用哪一组选项"]
    if "or_other" in words:
        choices.append(Choice("other", "其他"))
    if name.startswith("select_one") and {one.name.lower() for one in choices} == {"yes", "no"}:
        return Kind(_yes_no(choices), choices, said)
    return Kind({"type": SELECTS[name]}, choices, said)


def _yes_no(choices: Sequence[Choice]) -> dict[str, Any]:
    labels = {one.name.lower(): one.label for one in choices}
    return {"type": "yn"} | ({} if labels == {"yes": "是", "no": "否"} else {"labels": labels})


def _range(parameters: str) -> Kind:
    found = dict(re.findall(r"(start|end|step)\s*=\s*(-?[0-9.]+)", parameters))
    if (found.get("start", "1"), found.get("end", "10"), found.get("step", "1")) == ("1", "5", "1"):
        return Kind({"type": "score5", "scale": list(SCALE)}, said=["一到五分的说法请核对"])
    return Kind(dict(COUNT), said=[f"范围题改成了数量题：{parameters or '1—10'}", CHECK])


def options_of(question: dict[str, Any], kind: Kind) -> dict[str, str]:
    """Give a question its options; return which of our ids each foreign name became."""
    if question["type"] == "yn":
        return {one.name: one.name.lower() for one in kind.choices} | dict(kind.names)
    if question["type"] not in {"one", "many"}:
        return {}
    names: dict[str, str] = {}
    options = []
    for number, one in enumerate(kind.choices, 1):
        wanted = one.name.lower().replace("-", "_")
        is_free = OPTION_ID.fullmatch(wanted) and wanted != "na" and wanted not in names.values()
        names[one.name] = wanted if is_free else f"o{number}"
        options.append({"id": names[one.name], "label": one.label or one.name})
    question["options"] = options
    return names
