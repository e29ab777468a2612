"""Pages of records."""

from functools import partial

from walkthrough_app.accounts.navigation import Group, NavItem
from walkthrough_app.campaigns.queries import has_opened
from walkthrough_app.records.rights import READERS
from walkthrough_app.records.routes import lists, overview, photos, record, writing
from walkthrough_app.records.routes.blueprint import bp

nav = [NavItem("工作记录", "records.overview", READERS, 47, Group.ASSESSING, shown=partial(has_opened, part="records"))]

__all__ = ["bp", "lists", "nav", "overview", "photos", "record", "writing"]
