"""Write tests/vectors/sets.json anew: `python -m tests.vectors.make_sets`. Read the difference before you commit it.

Walks of 最多跑一次 · 一看二问三办, where several people are asked one after another.
"""

from dataclasses import asdict
from pathlib import Path
from typing import Any

from tests.vectors import make_record
from tests.vectors.record_walks import Walk, begun, masked_photo
from tests.walkthroughs.events import Log
from walkthrough_app.questionnaires import source
from walkthrough_app.questionnaires.document import Document
from walkthrough_app.walkthroughs import island, respondents
from walkthrough_app.walkthroughs.record import WalkRecord

FILE = Path(__file__).parent / "sets.json"
DOCUMENT = Document.parse(next(one for one in source.builtin() if one["id"] == "run_once" and one["version"] == 1))


def answer(log: Log, at: float, step: str, **answers: Any) -> None:
    """Answer questions, written W0_2 for Y-W0_2."""
    for name, value in answers.items():
        log.add("answer", at, step, question=f"Y-{name}", value=value)


def three_asked() -> Walk:
    log = begun("ask")
    log.add("step_start", 0, "ask")
    answer(log, 1, "ask", W0="yes", W1="tax", W2=1, W3=0, W4="good", W5=["none"], W6="都好")
    answer(log, 20, "ask", W0_2="no")
    answer(log, 30, "ask", W0_3="yes", W2_3=3, W4_3="bad", W5_3=["queue", "papers"])
    log.add("dismiss", 40, question="Y-W4_3")
    return Walk("three people asked, one in peace", log, mode="ask")


def one_taken_back() -> Walk:
    log = begun("ask")
    log.add("step_start", 0, "ask")
    answer(log, 1, "ask", W0="yes", W0_2="yes", W2_2=2)
    answer(log, 2, "ask", W0_2=None, W2_2=None)
    return Walk("a second set begun and taken back", log, mode="ask")


def all_asked() -> Walk:
    log = begun("ask")
    log.add("step_start", 0, "ask")
    for number in range(1, 31):
        end = "" if number == 1 else f"_{number}"
        log.add("answer", number, "ask", question=f"Y-W0{end}", value="no")
    return Walk("as many people as may be asked", log, mode="ask")


def looked() -> Walk:
    log = begun("look")
    log.add("step_start", 0, "look")
    masked_photo(log, 5, "look")
    answer(log, 20, "look", L1="yes", L4=2, L5=50)
    return Walk("looked at a hall", log, mode="look")


def done() -> Walk:
    log = begun("do")
    log.add("step_start", 0, "prepare")
    log.add("trip", 10)
    log.add("step_start", 10, "queue")
    log.add("number", 11, "queue", no="A1", ahead=3)
    log.add("called", 30, "queue")
    log.add("step_start", 30, "accept")
    log.add("accepted", 45, "accept")
    log.add("step_start", 45, "track")
    return Walk("accepted, in another programme", log, mode="do")


WALKS = (
    Walk("nobody asked yet", begun("ask"), mode="ask"),
    three_asked(),
    one_taken_back(),
    all_asked(),
    looked(),
    done(),
)


def vectors() -> dict[str, Any]:
    return {
        "about": "As record.json, of walks in which several people are asked. Python and JavaScript are held to it.",
        "questionnaires": {
            mode.id: island._questionnaire(DOCUMENT.for_mode(mode.id), mode.id) for mode in DOCUMENT.modes
        },
        "walks": [_walk(walk) for walk in WALKS],
    }


def _walk(walk: Walk) -> dict[str, Any]:
    record = WalkRecord(walk.data(), DOCUMENT.for_mode(walk.mode), DOCUMENT.thresholds)
    return {
        "name": walk.name,
        "island": {
            "walk": {"mode": walk.mode, "is_simulated": False, "role": "head", "must_walk": False},
            "facts": asdict(record.facts),
            "thresholds": record.thresholds,
            "counted": {"workdays": record.workdays},
        },
        "events": walk.log.events,
        "expected": make_record._expected(record),
        "people": [
            {"number": one.number, "name": one.name, "questions": [asked.id for asked in one.questions]}
            for step in respondents.steps(record)
            for one in record.sets(step.id)
        ],
        "asked": {step.id: [one.id for one in record.asked(step.id)] for step in record.paper.steps},
        "screens": {screen: make_record._screen(record, screen, walk.now) for screen in record.screens},
    }


if __name__ == "__main__":
    FILE.write_text(make_record.written(vectors()) + "\n", encoding="utf-8")
