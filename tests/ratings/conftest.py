"""A campaign of each programme with public forms, a counter of the police in both, and a person who stands there."""

import re
import uuid
from dataclasses import dataclass, field
from types import SimpleNamespace

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from walkthrough_app.accounts.models import Lane
from walkthrough_app.campaigns.models import Campaign, CampaignPurpose, Route
from walkthrough_app.core import db
from walkthrough_app.questionnaires import service as questionnaires
from walkthrough_app.ratings import service
from walkthrough_app.ratings.models import RatingPoint
from walkthrough_app.ratings.routes import public
from walkthrough_app.ratings.sources import Source

TOKEN = re.compile(r'name="token" value="([^"]+)"')


@dataclass
class Passer:
    """Somebody with a phone at a counter; every one comes from an address of their own."""

    client: FlaskClient
    code: str
    address: str = "203.0.113.7"
    browser: str = "MicroMessenger 8.0 M1"
    token: str = ""
    carried: dict[str, object] = field(default_factory=dict)

    def open(self, query: str = "") -> str:
        answer = self.client.get(f"/r/{self.code}{query}")
        return self._seen(answer)

    def _seen(self, answer: TestResponse) -> str:
        page = answer.get_data(as_text=True)
        found = TOKEN.search(page)
        self.token = found[1] if found else self.token
        return page

    def post(self, **said: object) -> TestResponse:
        data = {
            "token": self.token,
            "at": 0,
            **self.carried,
            **{key.replace("_", "-"): one for key, one in said.items()},
        }
        answer = self.client.post(
            f"/r/{self.code}",
            data=data,
            environ_base={"REMOTE_ADDR": self.address},
            headers={"User-Agent": self.browser},
        )
        self._seen(answer)
        return answer


@pytest.fixture(autouse=True)
def patient(app: Flask) -> None:
    """Every test begins with a minute that nobody has used."""
    for pace in (public.OF_ONE, public.OF_ALL):
        pace._counts.clear()


@pytest.fixture
def evaluation(campaign: Campaign) -> Campaign:
    return like(campaign, "four_strict", "“四严机关”创建评议")


@pytest.fixture
def praise(campaign: Campaign) -> Campaign:
    return like(campaign, "effective", "服务型效能型机关创建")


def like(campaign: Campaign, programme: str, title: str) -> Campaign:
    kept = ("programme", "basis_title", "basis_number", "basis_issuer", "opens_on", "walk_due", "report_due")
    made = Campaign(
        **{name: getattr(campaign, name) for name in kept},
        title=title,
        purpose=CampaignPurpose.VISIT,
        questionnaire_id=questionnaires.load(programme).id,
    )
    db.session.add(made)
    db.session.flush()
    for lane in Lane:
        db.session.add(Route(campaign_id=made.id, lane=lane, receiver="市作风整顿办"))
    db.session.commit()
    return made


@pytest.fixture
def counter(evaluation: Campaign, cast: SimpleNamespace) -> RatingPoint:
    """万人评 at 3号窗口 of the police."""
    return put_point(evaluation, cast, "mass", "3号窗口")


@pytest.fixture
def desk(praise: Campaign, cast: SimpleNamespace) -> RatingPoint:
    """好差评 at 户籍窗口 of the police."""
    return put_point(praise, cast, "service", "户籍窗口")


def put_point(campaign: Campaign, cast: SimpleNamespace, form: str, name: str, unit: object = None) -> RatingPoint:
    (made,) = service.add_points(campaign, [unit or cast.head.unit], form, [name], by=cast.office)  # type: ignore[list-item]
    db.session.commit()
    return made


@pytest.fixture
def passer(anonymous: FlaskClient, counter: RatingPoint) -> Passer:
    return Passer(anonymous, counter.code)


@pytest.fixture
def customer(anonymous: FlaskClient, desk: RatingPoint) -> Passer:
    return Passer(anonymous, desk.code)


def say(point: RatingPoint, source: str = "", **said: object) -> None:
    """Rate at the service's door, from somewhere else each time unless told."""
    where = source or f"10.{uuid.uuid4().int % 250}.{uuid.uuid4().int % 250}.1"
    answers = {key.replace("_", "-"): value for key, value in said.items()}
    service.give(point, uuid.uuid4(), answers, source=Source(where, "phone"))  # type: ignore[arg-type]
