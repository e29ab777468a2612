"""Write tests/vectors/record.json anew: `python -m tests.vectors.make_record`. Read the difference before you commit it."""

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from tests.vectors.record_walks import WALKS, Walk
from walkthrough_app.core import clock
from walkthrough_app.core.errors import Invalid
from walkthrough_app.core.forms import tidy
from walkthrough_app.core.ids import canonical, digest
from walkthrough_app.questionnaires import answers, source
from walkthrough_app.questionnaires.document import Document
from walkthrough_app.questionnaires.suggestions import Suggestion
from walkthrough_app.walkthroughs import cards, island, present, review
from walkthrough_app.walkthroughs.record import WalkRecord

FILE = Path(__file__).parent / "record.json"
WIDTH = 200
DOCUMENT = Document.parse(next(one for one in source.builtin() if one["id"] == "walkthrough" and one["version"] == 1))
THRESHOLDS = {"wait_minutes": 40}


@dataclass
class Typed:
    """What is tapped or typed into a question."""

    question: str
    raw: list[str] = field(default_factory=list)


TYPED = (
    Typed("W-Q1", ["web", "phone", "web"]),
    Typed("W-Q1", ["web", "na"]),
    Typed("W-Q1", ["na"]),
    Typed("W-Q1", ["pigeon"]),
    Typed("W-R6", ["cut", "keep"]),
    Typed("W-Q1", [" ", ""]),
    Typed("W-Q2", [" ９９ "]),
    Typed("W-Q2", ["1000"]),
    Typed("W-Q2", ["-1"]),
    Typed("W-Q2", ["二"]),
    Typed("W-Q2", ["1", "2"]),
    Typed("W-K2", ["10000"]),
    Typed("W-K2", ["1e3"]),
    Typed("W-Q4", ["yes"]),
    Typed("W-Q4", ["maybe"]),
    Typed("W-Q4", ["na"]),
    Typed("W-Q8", ["４"]),
    Typed("W-Q8", ["6"]),
    Typed("W-P8", ["more"]),
    Typed("W-B4", ["窗口\r\n太少\x07，\u200b排队\u202e久 👨‍👩‍👧"]),
    Typed("W-B4", ["久" * 501]),
    Typed("W-B4", ["😀" * 500]),
    Typed("W-G2", ["00000000-0000-4000-8000-000000000001"]),
    Typed("W-G2", ["photo.jpg"]),
)
PLAIN: tuple[tuple[str, Any], ...] = (
    ("W-Q2", 99),
    ("W-Q2", 3),
    ("W-Q1", ["web", "phone"]),
    ("W-Q4", "no"),
    ("W-Q4", "na"),
    ("W-Q8", 4),
    ("W-B4", "没有{value}"),
    ("W-G2", "00000000-0000-4000-8000-000000000001"),
    ("W-G2", "na"),
    ("W-Q4", None),
    ("W-Q4", "gone"),
)
FREE = ("  排队\r\n太久\t了 \x00", "\u200b \u2060", "a\u202eb\ufeff", "", "👨‍👩‍👧 一家", "\u00a0　空 格　")
VALUES: tuple[Any, ...] = (
    None,
    {"b": [1, -2, 0], "a": {"z": True, "y": False}, "": ""},
    ["引号 \" ' \\ /", "\u2028\u2029\u0085", "\x00\x01\x1f\x7f\b\f\n\r\t", "😀👨‍👩‍👧", "Ａ é e\u0301"],
    [0.1, 0.25, 1.5e-5, 0.0001, 0.00009999, 1e-7, 1.2345678901234567e-10, 5e-324, 123456.789, 9007199254740991],
    {"boxes": [[0.00001, 0.3333333333333333, 1, 0]], "note": None},
)


def vectors() -> dict[str, Any]:
    papers = {mode: island._questionnaire(DOCUMENT, mode) for mode in sorted({walk.mode for walk in WALKS})}
    return {
        "about": "island + events (+ now) -> what the pages show. Python and JavaScript are held to it.",
        "steps": papers["in_person"]["steps"],
        "questions": {one["id"]: one for paper in papers.values() for one in paper["questions"]},
        "modes": {mode: [one["id"] for one in paper["questions"]] for mode, paper in papers.items()},
        "published_thresholds": DOCUMENT.thresholds,
        "walks": [_walk(walk) for walk in WALKS],
        "typed": [{**asdict(one), **_parsed(one)} for one in TYPED],
        "plain": [
            {"question": key, "value": value, "text": answers.plain_answer(DOCUMENT.question(key), value)}
            for key, value in PLAIN
        ],
        "free": [{"text": text, "tidy": tidy(text)} for text in FREE],
        "canonical": [{"value": value, "text": canonical(value).decode(), "digest": digest(value)} for value in VALUES],
    }


def _parsed(one: Typed) -> dict[str, Any]:
    try:
        return {"value": answers.parse_answer(DOCUMENT.question(one.question), one.raw)}
    except Invalid as error:
        return {"error": error.message}


def _walk(walk: Walk) -> dict[str, Any]:
    record = WalkRecord(walk.data(), DOCUMENT, {**DOCUMENT.thresholds, **THRESHOLDS})
    facts = {"mode": walk.mode, "is_simulated": walk.is_simulated, "role": walk.role, "must_walk": walk.must_walk}
    return {
        "name": walk.name,
        "island": {
            "walk": facts | {"simulation_step": record.simulation_step},
            "facts": asdict(record.facts),
            "thresholds": record.thresholds,
            "counted": {"workdays": record.workdays},
        },
        "events": walk.log.events,
        "expected": _expected(record),
        "screens": {screen: _screen(record, screen, walk.now) for screen in record.screens},
    }


def _expected(record: WalkRecord) -> dict[str, Any]:
    asked = [*record.document.all_questions(mode=record.data["mode"])]
    return {
        "trips": record.trips,
        "automatic": record.automatic,
        "answers": record.answers,
        "suggestions": [_suggestion(one) for one in record.suggestions],
        "openSuggestions": [one.question_id for one in record.open_suggestions],
        "simulationStep": record.simulation_step,
        "doneSteps": sorted(record.done_steps),
        "isFullProcess": record.is_full_process,
        "isAwaiting": record.is_awaiting,
        "currentScreen": present.current_screen(record),
        "waiting": present.waiting(record),
        "turns": present.turns(record),
        "ribbon": present.ribbon(record),
        "pending": [one["id"] for one in record.pending],
        "refused": [one["id"] for one in record.refused],
        "closingQuestions": [one.id for one in record.closing_questions()],
        "notAsked": [one.id for one in asked if not record.document.is_asked(one, record.answers)],
        "cards": {one.question.id: _card(one) for one in cards.cards(record, asked, {}) if _has_news(one)},
        "gaps": [asdict(one) for one in review.gaps(record)],
    }


def _suggestion(one: Suggestion) -> dict[str, Any]:
    fields = {name: value for name, value in asdict(one).items() if name != "question_id"}
    return {"question": one.question_id, **fields, "also": list(one.also)}


def _has_news(one: cards.Card) -> bool:
    return bool(one.value is not None or one.suggestion)


def _card(one: cards.Card) -> dict[str, Any]:
    return {
        "value": one.value,
        "note": one.note,
        "countedText": one.counted_text,
        "isBad": one.is_bad,
        "hint": one.hint,
    }


def _screen(record: WalkRecord, screen: str, moments: list[str]) -> dict[str, Any]:
    return {
        "nextScreen": present.next_screen(record, screen),
        "dataStep": present.data_step(record, screen),
        "nextButton": present.next_button(record, screen),
        "rail": present.rail(record, screen),
        "questionsOn": [one.id for one in record.questions_on(screen)],
        "timers": [{"at": at, "timer": _timer(record, screen, at)} for at in moments],
    }


def _timer(record: WalkRecord, screen: str, at: str) -> dict[str, Any]:
    with clock.pinned(clock.parse(at)):
        shown = present.timer(record, screen)
    names = ("since", "label", "kind", "detail")
    told = {name: shown[name] for name in names}
    return {"seconds": shown["now"], "running": bool(shown["since"]), **told, "beginText": shown["begin_text"]}


def written(value: Any, indent: int = 0) -> str:
    """Write JSON with everything on one line that fits there."""
    text = json.dumps(value, ensure_ascii=False)
    if len(text) + indent <= WIDTH or not isinstance(value, dict | list):
        return text
    margin = "\n" + " " * indent
    if isinstance(value, list):
        return f"[{margin} " + f",{margin} ".join(written(one, indent + 1) for one in value) + f"{margin}]"
    parts = (f"{json.dumps(key)}: {written(one, indent + 1)}" for key, one in value.items())
    return f"{{{margin} " + f",{margin} ".join(parts) + f"{margin}}}"


if __name__ == "__main__":
    FILE.write_text(written(vectors()) + "\n", encoding="utf-8")
