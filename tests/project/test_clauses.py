"""Every clause of the sister programmes' papers is carried by something that is there, or a decision says why not."""

import importlib
import json
import os
import tomllib
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from walkthrough_app.config import ROOT
from walkthrough_app.questionnaires import source
from walkthrough_app.questionnaires.document import Document

LIST = ROOT.parent / "shared" / "domain" / "requirements.json"
IDS = Path(__file__).with_name("clauses.txt").read_text(encoding="utf-8").split()
CLAIMED: dict[str, dict[str, Any]] = tomllib.loads((ROOT / "docs" / "clauses.toml").read_text(encoding="utf-8"))
CLAIMS = [(clause, claim) for clause, one in CLAIMED.items() for claim in one.get("claims", ())]
PENDING = [(clause, claim) for clause, one in CLAIMED.items() for claim in one.get("pending", ())]


@cache
def document(key: str) -> Document:
    return Document.parse(source.programme(key))


def parts(key: str) -> Mapping[str, Callable[[], Iterable[Any]]]:
    """Return what a document can be asked for by name."""
    found = document(key)
    assessment = found.assessment
    return {
        "steps": lambda: found.steps,
        "addons": lambda: found.addons,
        "modes": lambda: found.modes,
        "tags": lambda: found.tags,
        "records": lambda: found.records,
        "ratings": lambda: found.ratings,
        "categories": lambda: (sub for one in found.categories for sub in one.subs),
        "items": lambda: assessment.items if assessment else (),
        "parts": lambda: assessment.parts if assessment else (),
        "assessment": lambda: (assessment,) if assessment else (),
    }


def resolves(claim: str) -> bool:
    """Tell whether a claim leads somewhere."""
    scheme, _, rest = claim.partition(":")
    if scheme == "adr":
        return len(list((ROOT / "docs" / "adr").glob(f"{rest}-*.md"))) == 1
    if scheme == "code":
        return _is_code(*rest.partition(":")[::2])
    part, *path = rest.split("/")
    found = list(parts(scheme)[part]())
    if not path:
        return bool(found)
    here = next((one for one in found if one.id == path[0]), None)
    if here is None or len(path) == 1:
        return here is not None
    questions = (*here.questions, *getattr(here, "follow_up", ()))
    return any(one.id == path[1] for one in questions)


def _is_code(module: str, name: str) -> bool:
    try:
        found = importlib.import_module(module)
    except ModuleNotFoundError:
        return False
    return not name or hasattr(found, name)


def test_every_clause_is_claimed() -> None:
    assert [one for one in IDS if not (CLAIMED.get(one, {}).get("claims") or CLAIMED.get(one, {}).get("pending"))] == []
    assert set(CLAIMED) == set(IDS)


@pytest.mark.parametrize(("clause", "claim"), CLAIMS)
def test_every_claim_leads_somewhere(clause: str, claim: str) -> None:
    assert resolves(claim), f"{clause}: {claim}"


@pytest.mark.parametrize(("clause", "claim"), PENDING)
def test_what_waits_for_a_feature_is_marked_so_only_until_it_is_there(clause: str, claim: str) -> None:
    assert not resolves(claim), f"{clause}: {claim} is there now, move it to claims"


@pytest.mark.parametrize(
    "claim",
    [
        "adr:9999",
        "code:walkthrough_app.nothing",
        "code:walkthrough_app.config:Nothing",
        "run_once:records/nothing",
        "run_once:records/selfcheck/Y-C99",
    ],
)
def test_a_claim_that_leads_nowhere_is_found_out(claim: str) -> None:
    assert not resolves(claim)


def test_the_committed_list_is_that_of_the_papers() -> None:
    """The list of requirements stands beside the repository where the papers are kept, and not in a plain clone."""
    if not LIST.exists() and not os.environ.get("CI"):
        pytest.skip(f"the papers' list of clauses is not here: {LIST}")
    listed = json.loads(LIST.read_text(encoding="utf-8"))
    assert [one["id"] for one in listed if one["tier"] == "E"] == IDS
    texts = {one["id"]: one["clause"] for one in listed}
    assert {key: one["text"] for key, one in CLAIMED.items()} == {key: texts[key] for key in IDS}
