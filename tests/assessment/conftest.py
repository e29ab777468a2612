"""A campaign of 四严机关 that assesses units."""

from datetime import timedelta
from types import SimpleNamespace

import pytest

from walkthrough_app.campaigns.models import Campaign, CampaignPurpose
from walkthrough_app.core import clock, db
from walkthrough_app.questionnaires import service as questionnaires


@pytest.fixture
def assessed(cast: SimpleNamespace) -> Campaign:
    questionnaires.install_builtin()
    today = clock.today()
    made = Campaign(
        title="“四严机关”创建活动",
        programme="四严机关",
        basis_title="深化“四严机关”创建活动实施意见",
        basis_number="",
        basis_issuer="示例市机关工委",
        opens_on=today - timedelta(days=60),
        walk_due=today + timedelta(days=30),
        report_due=today + timedelta(days=30),
        purpose=CampaignPurpose.VISIT,
        questionnaire_id=questionnaires.load("four_strict").id,
    )
    db.session.add(made)
    db.session.commit()
    return made
