"""Pages of records."""

from walkthrough_app.accounts.guard import NavItem
from walkthrough_app.records.rights import READERS
from walkthrough_app.records.routes import lists, overview, photos, record, writing
from walkthrough_app.records.routes.blueprint import bp
from walkthrough_app.records.routes.overview import has_any

nav = [NavItem("工作记录", "records.overview", READERS, 47, shown=has_any)]

__all__ = ["bp", "lists", "nav", "overview", "photos", "record", "writing"]
