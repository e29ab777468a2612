"""The many ways in which forms spell columns, types and labels, old ones above all, in plain words of today. Pure."""

import re

BINDS = {"calculate": "calculation", "jr:constraintmsg": "constraint_message", "jr:requiredmsg": "required_message"}
COLUMNS = {
    "calculate": "calculation",
    "caption": "label",
    "command": "type",
    "constraining_message": "constraint_message",
    "count": "repeat_count",
    "jr:count": "repeat_count",
    "readonly": "read_only",
    "relevance": "relevant",
    "requiredmsg": "required_message",
    "tag": "name",
    "value": "name",
}
SELECTS = {
    "add select one prompt using": "select_one",
    "add select multiple prompt using": "select_multiple",
    "select all that apply from": "select_multiple",
    "select all that apply": "select_multiple",
    "select one from file": "select_one_from_file",
    "select multiple from file": "select_multiple_from_file",
    "select one external": "select_one_external",
    "select one from": "select_one",
    "select one using": "select_one",
    "select multiple from": "select_multiple",
    "select multiple using": "select_multiple",
    "select one": "select_one",
    "select multiple": "select_multiple",
    "q select1": "select_one",
    "q select": "select_multiple",
}
SELECT = re.compile(rf"({'|'.join(SELECTS)})(?= |$)", re.IGNORECASE)
OTHER = re.compile(r" or[ _](?:specify[ _])?other$", re.IGNORECASE)
GROUP = re.compile(r"(begin|end)[ _](group|lgroup|looped group|repeat|loop)\b", re.IGNORECASE)
GROUPS = {"group": "group", "loop": "loop"}  # all the others repeat
PROMPT = re.compile(r"^(?:get |add |q |uri:)|(?: prompt)$", re.IGNORECASE)
TYPES = {
    "date time": "datetime",
    "device id": "deviceid",
    "end time": "end",
    "gps": "geopoint",
    "imei": "deviceid",
    "location": "geopoint",
    "number of days in last month": "integer",
    "number of days in last six months": "integer",
    "number of days in last year": "integer",
    "percentage": "integer",
    "phone number": "phonenumber",
    "picture": "image",
    "sim id": "simserial",
    "start time": "start",
    "subscriber id": "subscriberid",
}
MARKED = re.compile(r"(?<![A-Za-z0-9])(\*{1,3}|_{1,3}|`)(?=\S)([^*_`]{1,200})(?<=\S)\1(?![A-Za-z0-9])")
HEADING = re.compile(r"^#{1,6}\s+", re.MULTILINE)


def column(head: str) -> str:
    """Return a column's name: in small letters, `::` before a language, what it binds or shows by its own name."""
    first, *rest = (part.strip() for part in re.split(r"::|:", head.replace("：", ":").strip()))
    name = re.sub(r"\s+", "_", first.lower())
    if name == "jr" and rest:
        name, rest = f"jr:{rest[0].lower()}", rest[1:]
    if name in {"bind", "control", "body", "media"} and rest:
        inner = ":".join(rest[:2] if rest[0] == "jr" else rest[:1])
        rest = rest[len(inner.split(":")) :]
        name = BINDS.get(inner.lower(), inner.lower())
    return "::".join([COLUMNS.get(name, name), *rest])


def kind(text: str) -> str:
    """Return a type as `name list or_other`, `begin_repeat`, `deviceid`; the name of a list stays as it is written."""
    text = " ".join(text.split())
    if found := GROUP.match(text):
        return f"{found[1].lower()}_{GROUPS.get(found[2].lower(), 'repeat')}"
    if found := SELECT.match(text):
        text = SELECTS[found[1].lower()] + text[found.end() :]
    elif not text.lower().startswith(("select", "rank")):
        text = PROMPT.sub("", text).lower()
        return TYPES.get(text, text)
    return OTHER.sub(" or_other", text)


def words(text: str) -> str:
    """Take HTML, Markdown and references to other answers out of a label."""
    text = re.sub(r"<[^<>]{0,200}>", "", text)
    text = re.sub(r"\$\{[^}]{0,100}\}", "…", text)
    return " ".join(MARKED.sub(r"\2", HEADING.sub("", text)).split())
