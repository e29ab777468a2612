"""Pages of reports: the unit's editor, and the files."""

from walkthrough_app.accounts.models import Role
from walkthrough_app.accounts.navigation import Group, NavItem
from walkthrough_app.reports.queries import WRITERS
from walkthrough_app.reports.routes import confirm, edit, files, own, sheet, word
from walkthrough_app.reports.routes.blueprint import bp

nav = [
    NavItem("专项报告", "reports.reports", WRITERS, 22, Group.REPORTING),
]

__all__ = ["Role", "bp", "confirm", "edit", "files", "nav", "own", "sheet", "word"]
