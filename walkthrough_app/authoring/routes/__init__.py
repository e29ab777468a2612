"""Pages of authoring, for the city's office and its administrator; a county's sees what is published."""

from walkthrough_app.accounts.navigation import Group, NavItem
from walkthrough_app.authoring.routes import drafts, parts, preview, published, publishing, questions
from walkthrough_app.authoring.routes.blueprint import bp
from walkthrough_app.campaigns.queries import STEWARDS

nav = [NavItem("问卷", "authoring.questionnaires", STEWARDS, 66, Group.PREPARING)]

__all__ = ["bp", "drafts", "nav", "parts", "preview", "published", "publishing", "questions"]
