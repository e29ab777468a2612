"""What the deeds share: who may, saving, and the content as it stands."""

from sqlalchemy.orm.exc import StaleDataError

from walkthrough_app.accounts.models import User
from walkthrough_app.campaigns.models import Campaign
from walkthrough_app.compilation import content, queries
from walkthrough_app.compilation.content import Content, Scope
from walkthrough_app.compilation.models import Compilation
from walkthrough_app.core import clock, db
from walkthrough_app.core.errors import Conflict, Forbidden
from walkthrough_app.documents.papers import Contact

NOT_YET = "报告还没有汇集好，请稍等。"
EMPTY = "还没有接收的报告，收到以后才能汇总。"


def must_write(compilation: Compilation, by: User) -> None:
    if not queries.may_write(by, compilation.campaign, compilation.scope):
        raise Forbidden("由负责的工作组汇总，您可以查看。")


def save() -> None:
    """Flush; Conflict when somebody else has changed the compilation meanwhile."""
    try:
        db.session.flush()
    except StaleDataError as error:
        raise Conflict("这份汇总刚刚被别人改过，请刷新后再试。") from error


def scope_of(compilation: Compilation) -> Scope:
    """Return who writes to whom: the lane's group or the office to the leading group."""
    campaign = compilation.campaign
    lane = compilation.scope.lane
    route = campaign.route(lane) if lane else None
    issuer = route.receiver if route else campaign.basis_issuer
    contact = str(Contact(route.contact, route.phone)) if route and route.contact and route.phone else ""
    return Scope(issuer, content.addressee_of(campaign.basis_issuer), _realm(campaign), contact)


def _realm(campaign: Campaign) -> str:
    return content.realm_of(campaign.basis_issuer) if campaign.county_id else "全市"


def content_of(compilation: Compilation) -> Content:
    """Return the draft as it stands; Conflict while nothing is gathered."""
    if compilation.material is None:
        raise Conflict(NOT_YET)
    if not compilation.material["sources"]:
        raise Conflict(EMPTY)
    chosen = {"decisions": compilation.decisions, "picks": compilation.picks, "texts": compilation.texts}
    return content.content(compilation.material, scope_of(compilation), made_on=clock.today(), chosen=chosen)
