"""The figures of a bulletin: walks, units and problems of the user's realm and lane so far, letters issued."""

from datetime import date

from sqlalchemy import func, select

from walkthrough_app.accounts.models import User
from walkthrough_app.campaigns.models import Campaign
from walkthrough_app.core import db
from walkthrough_app.documents import phrases
from walkthrough_app.figures.models import WalkFigure
from walkthrough_app.rectification import rights
from walkthrough_app.rectification.models import Finding
from walkthrough_app.rectification.papers import queries
from walkthrough_app.rectification.papers.life import Kind
from walkthrough_app.reports import reach


def overview(campaign: Campaign, user: User, start: date, end: date) -> str:
    """Say in one sentence what was looked at and what was found."""
    walked = select(func.count(), func.count(WalkFigure.unit_id.distinct())).where(
        WalkFigure.campaign_id == campaign.id, reach.walks(user, WalkFigure)
    )
    walks, units = db.session.execute(walked).one()
    found = select(func.count(), func.count(Finding.resp_id.distinct())).where(
        Finding.campaign_id == campaign.id, rights.visible(user)
    )
    problems, with_problems = db.session.execute(found).one()
    letters = len(queries.issued(Kind.LETTER, user.unit_id, campaign.id, since=start))
    return (
        f"{phrases.date_range(start, end)}，共走流程{walks}次，涉及{units}个单位，"
        f"其中{with_problems}个单位存在问题，发现问题{problems}个，发出问题交办函{letters}份。"
    )
