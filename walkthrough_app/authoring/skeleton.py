"""What a new questionnaire begins with: small, valid, in the words all programmes share."""

from typing import Any

from walkthrough_app.questionnaires import source

SHARED = ("categories", "root_causes", "severities", "rectify_types", "reform_headings")
SEED = "S001"


def empty(key: str, title: str, *, basis: str, number: str, clause: str) -> dict[str, Any]:
    """Return a document of one step and one question; `clause` is the sentence of the paper that orders it."""
    cited = {"seed": SEED, "text": clause}
    question = {"id": "Q-1", "text": "这一环节顺利吗？", "type": "yn", "dim": "process", "clause": cited}
    step = {
        "id": "step1",
        "title": "第一环节",
        "short": "一",
        "screen": "step1",
        "ribbon": "do",
        "questions": [question],
    }
    paper = {"id": SEED, "title": basis} | ({"number": number} if number else {})
    return {
        "schema": "walkthrough-questionnaire/1",
        "id": key,
        "version": 1,
        "title": title,
        "basis": SEED,
        "sources": [paper],
        "modes": [{"id": "on_site", "name": "现场走", "hint": "到现场，照着题目走一遍", "clause": cited}],
        "thresholds": [],
        "steps": [step],
        **words(),
    }


def words() -> dict[str, Any]:
    """Return the classes of problems, causes, severities and so on that the programmes of the app share."""
    programme = source.programme("run_once")
    return {name: programme[name] for name in SHARED if name in programme}
