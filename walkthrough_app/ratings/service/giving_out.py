"""评议结果反馈单: frozen when the office gives it out; the unit sees it from then on."""

from sqlalchemy import select

from walkthrough_app.accounts.models import Role, Unit, User
from walkthrough_app.campaigns.models import Campaign
from walkthrough_app.core import audit, db
from walkthrough_app.core.errors import Conflict, Forbidden
from walkthrough_app.documents.papers import RatingFeedback
from walkthrough_app.ratings import papers, queries
from walkthrough_app.ratings.asking import Asked
from walkthrough_app.ratings.models import RatingPaper
from walkthrough_app.rectification import printing

PRESS = printing.Press("ratings.feedback", RatingPaper, papers.content, papers.word)


def give_out(campaign: Campaign, asked: Asked, unit: Unit, *, by: User) -> RatingPaper:
    """Freeze the results and ask for the files; nothing having changed since the last paper, that one is returned."""
    if by.role is not Role.OFFICE:
        raise Forbidden(queries.BY_OFFICE)
    if not queries.counts_of(campaign, asked.form.id, unit):
        raise Conflict("还没有收到评价，不能出具反馈单。")
    db.session.execute(select(Campaign.id).where(Campaign.id == campaign.id).with_for_update())
    data = papers.freeze(campaign, asked, unit, by.unit)
    last = next(iter(queries.papers_of(campaign, unit, asked.form.id)), None)
    if last and last.data == data:
        PRESS.again(last)
        return last
    where = {"campaign_id": campaign.id, "unit_id": unit.id, "form_key": asked.form.id}
    made = RatingPaper(**where, number=last.number + 1 if last else 1, by_id=by.id, data=data)
    PRESS.add(made, f"{RatingFeedback.kind}（{unit.name}）")
    audit.record("rating.fed_back", campaign, by=by, unit=str(unit.id), number=made.number)
    return made
