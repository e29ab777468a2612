"""Campaigns of the sister programmes, and forms filled in as a browser would."""

from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from walkthrough_app.accounts.models import Lane, User
from walkthrough_app.campaigns.models import Campaign, CampaignPurpose, Route
from walkthrough_app.core import clock, db, ids
from walkthrough_app.questionnaires import service as questionnaires
from walkthrough_app.questionnaires.parts import Question
from walkthrough_app.records.models import Record

SOON = (clock.today() + timedelta(days=5)).isoformat()
LATE = (clock.today() - timedelta(days=5)).isoformat()
GOOD = {"yn": "yes", "score5": "4", "count": "3", "minutes": "3", "days": "3", "date": SOON, "text": "写得清楚"}


def open_campaign(key: str, **wanted: Any) -> Campaign:
    """Open a campaign of a programme; its purpose follows from the questionnaire."""
    questionnaires.install_builtin()
    row = questionnaires.load(key)
    today = clock.today()
    made = Campaign(
        **{
            "title": row.title,
            "programme": "作风建设",
            "basis_title": "实施意见",
            "basis_number": "〔2017〕1号",
            "basis_issuer": "示例市作风整顿办",
            "opens_on": today - timedelta(days=5),
            "walk_due": today + timedelta(days=10),
            "report_due": today + timedelta(days=15),
            "questionnaire_id": row.id,
            "purpose": CampaignPurpose(questionnaires.document_of(row).purpose),
            **wanted,
        }
    )
    db.session.add(made)
    db.session.flush()
    for lane in Lane:
        db.session.add(Route(campaign_id=made.id, lane=lane, receiver=lane.label))
    db.session.commit()
    return made


@pytest.fixture
def strict(cast: SimpleNamespace) -> Campaign:
    """四严机关."""
    return open_campaign("four_strict")


@pytest.fixture
def run_once(cast: SimpleNamespace) -> Campaign:
    """最多跑一次."""
    return open_campaign("run_once")


@pytest.fixture
def effective(cast: SimpleNamespace) -> Campaign:
    """服务型效能型."""
    return open_campaign("effective")


def good(questions: tuple[Question, ...], **wanted: Any) -> dict[str, Any]:
    """Answer every question in a way that points to no problem, but for those that are `wanted` otherwise."""
    filled = {f"q-{one.id}": _good(one) for one in questions if one.type != "photo"}
    return {**filled, **wanted}


def _good(question: Question) -> str:
    if question.type not in {"one", "many"}:
        return GOOD[question.type]
    return next(
        option.id for option in question.options if all(option.id not in _named(rule.when) for rule in question.suggest)
    )


def _named(when: Any) -> list[str]:
    test, operand = next(iter(when.items()))
    return [] if test == "any_but" else operand if isinstance(operand, list) else [operand]


class Desk:
    """One person at the records of one campaign."""

    def __init__(self, client: FlaskClient, campaign: Campaign) -> None:
        self.client, self.campaign = client, campaign

    def kind(self, name: str) -> Any:
        return questionnaires.document_of(self.campaign.questionnaire).record(name)

    def list_of(self, name: str) -> str:
        return f"/records/{self.campaign.id}/{name}"

    def send(self, name: str, /, tap: str = "", **wanted: Any) -> TestResponse:
        """Fill in a record; `wanted` holds answers by id with _ for -, or fields as they are called."""
        answers = {
            key if key in {"unit", "tap"} else f"q-{key.replace('_', '-')}": value for key, value in wanted.items()
        }
        data = good(self.kind(name).questions, tap=tap or str(ids.new()), **answers)
        return self.client.post(f"{self.list_of(name)}/new", data=data)

    def made(self, name: str, /, **wanted: Any) -> Record:
        answer = self.send(name, **wanted)
        assert answer.status_code == 303, answer.get_data(as_text=True)
        db.session.expire_all()
        return db.session.get_one(Record, ids.parse(answer.headers["Location"].split("/")[-1].split("#")[0]))

    def change(
        self, record: Record, deed: str = "change", /, tap: str = "", seen: int = 0, **wanted: Any
    ) -> TestResponse:
        kind = record.record_kind
        answers = {f"q-{key.replace('_', '-')}": value for key, value in wanted.items()}
        questions = kind.questions if deed == "change" else kind.follow_up
        data = good(questions, tap=tap or str(ids.new()), seen=str(seen or record.revision), **answers)
        return self.client.post(f"/records/one/{record.id}/{deed}", data=data)

    def page(self, record: Record) -> str:
        answer = self.client.get(f"/records/one/{record.id}")
        assert answer.status_code == 200, answer.status
        return answer.get_data(as_text=True)


@pytest.fixture
def at(client_for: Callable[[User], FlaskClient]) -> Callable[[User, Campaign], Desk]:
    return lambda user, campaign: Desk(client_for(user), campaign)
