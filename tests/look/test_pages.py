"""Every part renders, without anything that our own security headers forbid."""

import re

import jinja2
import pytest
from bs4 import BeautifulSoup
from flask import Flask, render_template_string
from flask.testing import FlaskClient

from tests.look import preview
from walkthrough_app.config import ROOT

COMPONENTS = (ROOT / "walkthrough_app/templates/components.html").read_text(encoding="utf-8")
FORBIDDEN = re.compile(r"\sstyle=|<style|\son[a-z]+=|<script(?![^>]*\ssrc=)|(?:src|href)=\"(?:https?:)?//")


def soup(client: FlaskClient, name: str) -> BeautifulSoup:
    return BeautifulSoup(client.get(f"/{name}").text, "html5lib")


@pytest.mark.parametrize("name", preview.PAGES)
def test_one_heading_of_the_first_rank_begins_the_title(look: FlaskClient, name: str) -> None:
    page = soup(look, name)
    headings = [tag.text for tag in page.find_all("h1")]
    assert [tag.text for tag in page.find_all("title")] == [f"{text} · 走流程" for text in headings]
    assert len(headings) == 1


@pytest.mark.parametrize("name", preview.PAGES)
def test_nothing_on_a_page_needs_what_the_headers_forbid(look: FlaskClient, name: str) -> None:
    answer = look.get(f"/{name}")
    assert answer.status_code == 200
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert not FORBIDDEN.findall(answer.text)


@pytest.mark.parametrize("name", preview.PAGES)
def test_ids_are_unique_and_every_reference_is_met(look: FlaskClient, name: str) -> None:
    page = soup(look, name)
    ids = [tag["id"] for tag in page.find_all(id=True)]
    assert len(ids) == len(set(ids))
    named = [part for tag in page.select("[aria-describedby]") for part in str(tag["aria-describedby"]).split()]
    named += [str(tag["for"]) for tag in page.select("label[for]")]
    named += [str(tag["form"]) for tag in page.select("button[form]")]
    assert set(named) <= set(ids)


def test_the_preview_shows_every_macro_that_the_list_at_the_top_names() -> None:
    macros = set(re.findall(r"{% macro (\w+)\(", COMPONENTS))
    listed = COMPONENTS[: COMPONENTS.index("#}")]
    calls = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "tests/look/templates").rglob("*.html"))
    used = set(re.findall(r"ui\.(\w+)\(", calls))
    public = {name for name in macros if re.search(rf"\b{name}\(", listed)}
    assert public - used == set()
    assert used <= macros


def test_every_template_of_the_app_compiles(look: FlaskClient) -> None:
    environment = look.application.jinja_env
    for path in (ROOT / "walkthrough_app").rglob("templates/**/*.html"):
        environment.parse(path.read_text(encoding="utf-8"), filename=str(path))


def test_a_page_stands_without_user_and_navigation() -> None:
    app = preview.make_app()
    app.template_context_processors[None].pop()
    page = render(
        app, "{% extends 'base.html' %}{% block title %}请柬{% endblock %}{% block main %}<p>好</p>{% endblock %}"
    )
    assert page.find("nav") is None
    assert page.find("footer") is None
    assert page.select("body.phone")


def test_a_page_names_what_it_forgot_instead_of_showing_a_hole() -> None:
    with pytest.raises(jinja2.UndefinedError):
        render(preview.make_app(), "{% extends 'base.html' %}{% block main %}{{ forgotten }}{% endblock %}")


def test_an_office_page_without_navigation_has_no_empty_column() -> None:
    page = render(preview.make_app(), "{% extends 'base.html' %}{% block body_class %}office{% endblock %}")
    assert page.select("body.office.bare")


def render(app: Flask, source: str) -> BeautifulSoup:
    with app.test_request_context():
        return BeautifulSoup(render_template_string(source), "html5lib")
