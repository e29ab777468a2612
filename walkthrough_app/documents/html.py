"""Jinja for paper: its own environment, because a report is also made where no web app runs."""

from functools import cache
from pathlib import Path

import jinja2
from markupsafe import Markup

from walkthrough_app.documents import fonts, phrases, qr, titles

HERE = Path(__file__).parent
TEMPLATES = HERE / "templates"


def environment(loader: jinja2.BaseLoader | None = None) -> jinja2.Environment:
    """Return an environment with the templates of this folder, after those that `loader` finds."""
    own = jinja2.FileSystemLoader(TEMPLATES)
    found = jinja2.Environment(
        loader=jinja2.ChoiceLoader([loader, own]) if loader else own,
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    found.globals.update(print_css=print_css(), qr=qr.data_uri)
    found.filters.update(
        full_date=phrases.full_date,
        short_date=phrases.short_date,
        numeral=phrases.numeral,
        minutes=phrases.minutes,
        listed=phrases.listed,
        ems=phrases.width,
        title_lines=titles.lay,
    )
    return found


def print_css() -> Markup:
    return _read(fonts.STYLESHEET)


def stylesheet(name: str) -> Markup:
    """Return a stylesheet of this folder that a template puts after print.css: charts/heat, form, letter."""
    return _read(HERE / f"{name}.css")


@cache
def _read(path: Path) -> Markup:
    return Markup(path.read_text(encoding="utf-8"))  # noqa: S704 - our own file
