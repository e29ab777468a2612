"""Pages of 汇总: what there is to compile, the draft, its groups and cases, and the files."""

from walkthrough_app.accounts.navigation import Group, NavItem
from walkthrough_app.compilation.queries import COMPILERS
from walkthrough_app.compilation.routes import deciding, draft, files, overview
from walkthrough_app.compilation.routes.blueprint import bp

nav = [NavItem("汇总", "compilation.overview", COMPILERS, 30, Group.REPORTING)]

__all__ = ["bp", "deciding", "draft", "files", "nav", "overview"]
