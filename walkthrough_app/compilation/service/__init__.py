"""What is done with a compilation: gathering, deciding, writing, freezing, and its papers."""

from walkthrough_app.compilation.service import binding, gathering, papers
from walkthrough_app.compilation.service.deciding import choose, merge, rename, set_aside, split
from walkthrough_app.compilation.service.freezing import freeze
from walkthrough_app.compilation.service.gathering import begin, refresh
from walkthrough_app.compilation.service.state import content_of
from walkthrough_app.compilation.service.writing import accept, restore, rewrite

__all__ = [
    "accept",
    "begin",
    "binding",
    "choose",
    "content_of",
    "freeze",
    "gathering",
    "merge",
    "papers",
    "refresh",
    "rename",
    "restore",
    "rewrite",
    "set_aside",
    "split",
]
