"""Extension of WeasyPrint 70 that changes no byte of a paper, only how often the same thing is worked out.

Most style values are what a property starts with or what the parent has, most lengths are plain ones, most texts
share a few fonts, and all papers share a stylesheet, so that what was worked out for one serves the next.
"""

from functools import cache

from walkthrough_app.documents.speed import fonts, layout, markup, styles, texts, writing
from walkthrough_app.documents.speed.imports import load_weasyprint
from walkthrough_app.documents.speed.writing import write_out

__all__ = ["install", "load_weasyprint", "write_out"]


@cache
def install() -> None:
    for part in (markup, styles, layout, texts, fonts, writing):
        part.install()
