"""What a report still lacks (domain §5.8): some things must be put right, some need a word of explanation."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from walkthrough_app.documents import pdf
from walkthrough_app.reports.composed import Composed
from walkthrough_app.reports.journey import Journey
from walkthrough_app.reports.material import Material
from walkthrough_app.reports.problems import Problem

Level = Literal["hard", "explain", "note"]
UNDRAWABLE = "undrawable"
SHOWN = 20  # characters that are named one by one
REQUESTS = ("请予批准", "请批准", "请予审批", "请审批", "请予批复", "请批复", "请批示", "妥否", "当否", "请示如下")


@dataclass(frozen=True)
class Gap:
    """`hard` must be put right, `explain` is settled by an explanation under `key`, `note` only tells."""

    key: str
    text: str
    hint: str
    level: Level
    walk: str = ""
    finding: str = ""
    paragraph: str = ""


def gaps(material: Material, composed: Composed) -> list[Gap]:
    """List every gap there is, explained or not."""
    return [
        *_must_walk(material),
        *(gap for journey in material.journeys for gap in _walk(journey)),
        *(gap for problem in material.problems for gap in _measure(problem)),
        *_evidence(composed),
        *_requests(composed),
        *undrawable(composed),
        *_notes(material, composed),
    ]


def undrawable(composed: Composed) -> list[Gap]:
    """Point out characters that no font can draw: on paper a mark stands in their place."""
    try:
        chars = pdf.undrawable("\n".join([composed.title, composed.addressee, *composed.words()]))
    except RuntimeError as error:
        return [Gap("renderer", str(error), "现在生成不了PDF，请联系管理员", "note")]
    return [_told(chars, composed)] if chars else []


def _told(chars: tuple[str, ...], composed: Composed) -> Gap:
    shown = "".join(chars[:SHOWN]) + ("…" if len(chars) > SHOWN else "")
    where = dict.fromkeys(place for place, text in composed.placed() if any(char in text for char in chars))
    first = next((one.key for one in composed.paragraphs() if any(char in one.text for char in chars)), "")
    text = f"有{len(chars)}个字打印不出来（{shown}），会印成“〓”"
    hint = f"请改写。在：{'、'.join(where) or '标题或主送机关'}"
    return Gap(UNDRAWABLE, text, hint, "note", paragraph=first)


def names(composed: Composed, people: Iterable[str]) -> list[Gap]:
    """Point out names of people in the report: official papers print posts."""
    text = "\n".join(composed.words())
    found = [name for name in people if len(name) > 1 and name in text]
    return [Gap(f"name.{name}", f"报告里写了“{name}”", "如果是姓名，请改成职务", "note") for name in found]


def unsettled(found: list[Gap], explanations: Mapping[str, Any]) -> list[Gap]:
    """Leave out the gaps that an explanation settles."""
    return [gap for gap in found if gap.level != "explain" or not str(explanations.get(gap.key, "")).strip()]


def blocking(found: list[Gap]) -> list[Gap]:
    return [gap for gap in found if gap.level != "note"]


def _must_walk(material: Material) -> Iterator[Gap]:
    if material.is_supplement:
        return
    for item in material.data["coverage"].get("missed", []):
        text = f"“{item['task_name']}”必须由主要负责同志亲身体验，还没有走"
        yield Gap(f"must_walk.{item['id']}", text, "走完再报，或者写明原因", "explain")


def _walk(journey: Journey) -> Iterator[Gap]:
    state, item = journey.record.state, f"“{journey.item}”"
    if state.status not in {"finished", "awaiting_result"} and not journey.record.is_awaiting:
        yield Gap(f"open.{journey.id}", f"{item}又在进行中", "走完以后再确认，或者先不写进报告", "hard", journey.id)
    pending = journey.record.pending
    if pending:
        hint = "请体验人在手机上打开这次走流程，连上网就会上传；不要的可以删掉"
        yield Gap(f"pending.{journey.id}", f"{item}有{len(pending)}份佐证还没有传完", hint, "hard", journey.id)
    declared = journey.declarations
    missing = [key for key in declared if key not in state.answers]
    silent = [key for key in declared if key in state.answers and _is_unexplained(state.answers[key])]
    if missing or silent:
        text = f"{item}的暗访纪律{'没有填写' if missing else '有没做到的，没有说明'}"
        yield Gap(f"integrity.{journey.id}", text, "请体验人在核对页填写，或者在这里说明", "explain", journey.id)
    if not state.findings and not state.no_finding_reason.strip():
        hint = "要真正发现问题，确实没有的写明原因"
        yield Gap(f"no_finding.{journey.id}", f"{item}没有发现问题，没有写原因", hint, "explain", journey.id)


def _is_unexplained(answer: Mapping[str, Any]) -> bool:
    return bool(answer["value"] == "no" and not str(answer["note"]).strip())


def _measure(problem: Problem) -> Iterator[Gap]:
    name, walk = f"问题{problem.number}“{problem.title}”", problem.journey.id
    if not problem.measure:
        yield Gap(f"measure.{problem.id}", f"{name}没有整改措施", "每个问题都要有整改措施", "hard", walk, problem.id)
    elif problem.rectify_type == "deadline":
        lacks = [word for key, word in (("due_on", "时限"), ("steps", "步骤")) if not problem.measure.get(key)]
        if lacks:
            text = f"{name}没有整改{'和'.join(lacks)}"
            yield Gap(f"measure.{problem.id}", text, "不能马上整改的，要明确整改时限和步骤", "hard", walk, problem.id)


def _evidence(composed: Composed) -> Iterator[Gap]:
    if not composed.photos:
        yield Gap("evidence", "报告里没有佐证照片", "补上打过码的照片，或者写明原因", "explain")


def _requests(composed: Composed) -> Iterator[Gap]:
    """A 报告 must not carry a 请示."""
    for paragraph in composed.paragraphs():
        word = next((word for word in REQUESTS if word in paragraph.text), None)
        if word:
            hint = "报告不得夹带请示事项，需要批准的另行请示"
            yield Gap(f"request.{paragraph.key}", f"有一段写了“{word}”", hint, "hard", paragraph=paragraph.key)


def _notes(material: Material, composed: Composed) -> Iterator[Gap]:
    if composed.left_out:
        text = f"{len(composed.left_out)}张照片没有打码或确认，没有放进报告"
        yield Gap("left_out", text, "请体验人打码或确认无需打码", "note")
    if material.awaiting:
        yield Gap("awaiting", f"{len(material.awaiting)}个事项还没有拿到结果", "可以先报送，拿到结果后补报", "note")
    unsure = [journey for journey in material.journeys if journey.record.open_suggestions]
    if unsure:
        count = sum(len(journey.record.open_suggestions) for journey in unsure)
        hint = "请体验人记为问题，或者点“不是问题”"
        yield Gap("suggestions", f"{count}处可能的问题还没有定", hint, "note", unsure[0].id)
