"""Templates for paper work without a web app, escape what they show and stop at what they do not know."""

import jinja2
import pytest

from walkthrough_app.documents import html


def test_a_feature_adds_its_templates_to_those_of_the_paper():
    own = jinja2.DictLoader(
        {"a.html": '{% extends "documents/print.html" %}{% block body %}<p>{{ 3|numeral }}</p>{% endblock %}'}
    )
    page = html.environment(own).get_template("a.html").render()
    assert '<html lang="zh-CN">' in page
    assert "@page" in page
    assert "<p>三</p>" in page


def test_what_is_shown_is_escaped():
    template = html.environment().from_string('{% import "documents/gbt9704.html" as gb %}{{ gb.addressee("<b>&") }}')
    assert template.render() == '<p class="addressee">&lt;b&gt;&amp;：</p>'


def test_an_unknown_name_stops_the_paper():
    with pytest.raises(jinja2.UndefinedError):
        html.environment().from_string("{{ nobody }}").render()


def test_a_single_annex_has_no_number():
    note = html.environment().from_string('{% import "documents/gbt9704.html" as gb %}{{ gb.appendix_note(names) }}')
    assert "1." not in note.render(names=["体验事项清单"])
    assert "2." in note.render(names=["体验事项清单", "佐证材料"])
