"""What looks thin is told to the lane beside the report, with the unit's own words; it decides nothing."""

import uuid
from types import SimpleNamespace

import pytest

from tests.reception.conftest import Doors
from walkthrough_app.core import db
from walkthrough_app.quality.models import Flag, FlagWord
from walkthrough_app.quality.rulebook import Level
from walkthrough_app.reports.models import Report, ReportState

SENTENCE = "排队环节用时20秒，同一事项的其他34次走流程一般在6分钟以上。"


@pytest.fixture
def flag(submitted: Report) -> Flag:
    walk = submitted.walks[0]
    whose = {"walk_id": walk.id, "campaign_id": walk.campaign_id, "unit_id": walk.unit_id}
    told = {"level": Level.LOOK, "sentence": SENTENCE, "evidence": {"steps": ["queue"]}, "others": []}
    made = Flag(id=uuid.uuid4(), rule="step_short", **whose, **told)
    db.session.add_all([made, FlagWord(flag_id=made.id, walk_id=walk.id, explanation="当天没有人排队")])
    db.session.commit()
    return made


@pytest.mark.parametrize("name", ["style", "office"])
def test_receivers_read_the_sign_and_what_the_unit_says_to_it(
    flag: Flag, submitted: Report, cast: SimpleNamespace, client_for: Doors, name: str
) -> None:
    page = client_for(getattr(cast, name)).get(f"/reports/{submitted.id}").text
    assert SENTENCE in page
    assert "当天没有人排队" in page
    assert f'href="#w-{flag.walk_id}"' in page


def test_a_sign_keeps_nobody_from_receiving(
    flag: Flag, submitted: Report, cast: SimpleNamespace, client_for: Doors
) -> None:
    client_for(cast.style).post(f"/reports/{submitted.id}/receive", data={"number": 1})
    db.session.refresh(submitted)
    assert submitted.state is ReportState.RECEIVED
