"""The questionnaire of the walk as an XForm, so that Enketo asks the same questions in as many pages."""

from typing import Any
from xml.sax.saxutils import escape

import yaml

from walkthrough_app.config import ROOT

SOURCE = ROOT / "walkthrough_app" / "questionnaires" / "builtin" / "walkthrough.yaml"
CHOICES = {
    "yn": [{"id": "yes", "label": "是"}, {"id": "no", "label": "否"}],
    "score5": [{"id": str(score), "label": str(score)} for score in range(1, 6)],
}
KINDS = {"count": "int", "minutes": "int", "days": "int", "photo": "binary", "time": "time", "date": "date"}
HEAD = (
    '<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml" '
    'xmlns:jr="http://openrosa.org/javarosa"><h:head><h:title>走流程</h:title><model>'
)


def xform() -> str:
    """Return one group of questions a step, a note and a picture after each."""
    steps = yaml.safe_load(SOURCE.read_text(encoding="utf-8"))["steps"]
    data = "".join(
        f"<{step['id']}>{''.join(f'<{name(one)}/>' for one in asked(step))}</{step['id']}>" for step in steps
    )
    binds = "".join(bind(step, one) for step in steps for one in asked(step))
    body = "".join(group(step) for step in steps)
    instance = f'<instance><data id="walk" version="1">{data}<meta><instanceID/></meta></data></instance>'
    return f'{HEAD}{instance}{binds}</model></h:head><h:body class="pages">{body}</h:body></h:html>'


def blanks(step: dict[str, Any]) -> str:
    return "".join(f"<{name(one)}/>" for one in asked(step))


def asked(step: dict[str, Any]) -> list[dict[str, Any]]:
    extra = [{"id": f"{step['id']}-note", "text": "记一笔", "type": "text"}]
    return [*step["questions"], *extra, {"id": f"{step['id']}-photo", "text": "现场照片", "type": "photo"}]


def name(question: dict[str, Any]) -> str:
    return str(question["id"]).lower().replace("-", "_")


def path(step: dict[str, Any], question: dict[str, Any]) -> str:
    return f"/data/{step['id']}/{name(question)}"


def bind(step: dict[str, Any], question: dict[str, Any]) -> str:
    shown = ""
    rule = question.get("show_if", {})
    other = next((one for one in step["questions"] if one["id"] == rule.get("question")), None)
    if other and "in" in rule["when"]:
        tests = " or ".join(f"selected({path(step, other)}, '{value}')" for value in rule["when"]["in"])
        shown = f' relevant="{tests}"'
    kind = KINDS.get(question["type"], "string")
    required = ' required="true()"' if question.get("required") else ""
    return f'<bind nodeset="{path(step, question)}" type="{kind}"{required}{shown}/>'


def group(step: dict[str, Any]) -> str:
    controls = "".join(control(step, one) for one in asked(step))
    title = escape(step["title"])
    return f'<group ref="/data/{step["id"]}" appearance="field-list"><label>{title}</label>{controls}</group>'


def control(step: dict[str, Any], question: dict[str, Any]) -> str:
    label = f"<label>{escape(question['text'])}</label>"
    options = question.get("options") or CHOICES.get(question["type"], [])
    items = "".join(f"<item><label>{escape(one['label'])}</label><value>{one['id']}</value></item>" for one in options)
    if question["type"] == "photo":
        return f'<upload ref="{path(step, question)}" mediatype="image/*">{label}</upload>'
    kind = "select" if question["type"] == "many" else "select1" if items else "input"
    return f'<{kind} ref="{path(step, question)}">{label}{items}</{kind}>'
