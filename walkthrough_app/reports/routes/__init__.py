"""Pages of reports: the unit's editor, the lane's inbox, and the files."""

from walkthrough_app.accounts.guard import NavItem
from walkthrough_app.accounts.models import Role
from walkthrough_app.reports.queries import WRITERS
from walkthrough_app.reports.routes import confirm, edit, files, inbox, own, sheet, word
from walkthrough_app.reports.routes.blueprint import RECEIVERS, bp

nav = [
    NavItem("专项报告", "reports.reports", WRITERS, 40),
    NavItem("收到的报告", "reports.inbox", RECEIVERS, 10),
]

__all__ = ["Role", "bp", "confirm", "edit", "files", "inbox", "nav", "own", "sheet", "word"]
