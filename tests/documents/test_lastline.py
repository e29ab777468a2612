"""A paragraph does not end on one or two characters, and its right edge stays straight."""

import io

import pdfplumber
import pytest

from tests.documents.conftest import GENERATED
from tests.documents.measure import MM, RIGHT, body_lines
from walkthrough_app.documents import html, pdf

WORDS = "照相与受理分在两层须重复取号网上公布的办公时间与现场不一致窗口人员说不清所需材料前后说法等候区座位不够老人只能站着等"


@pytest.fixture(scope="module")
def paragraphs():
    """Return the lines of paragraphs of 80 to 114 characters, each on a page of its own."""
    body = "".join(f'<p style="break-before: page">{(WORDS * 3)[:length]}。</p>' for length in range(80, 114))
    source = '{% extends "documents/print.html" %}{% block body %}' + body + "{% endblock %}"
    made = pdf.render(html.environment().from_string(source).render(), files={}, title="试", generated=GENERATED)
    with pdfplumber.open(io.BytesIO(made.pdf)) as opened:
        return [body_lines(page) for page in opened.pages]


def test_the_last_line_holds_three_characters_at_least(paragraphs):
    assert len(paragraphs) == 34
    assert min(len(lines[-1]) - 1 for lines in paragraphs) >= 3


def test_lines_hold_28_characters_one_more_or_one_less(paragraphs):
    counts = {len(line) for lines in paragraphs for line in lines[1:-1]}
    assert counts <= {27, 28, 29}
    assert len(counts) > 1


def test_every_line_but_the_last_reaches_the_edge(paragraphs):
    for lines in paragraphs:
        for line in lines[:-1]:
            assert line[-1]["x1"] * MM == pytest.approx(RIGHT, abs=0.3)
        assert lines[-1][-1]["x1"] * MM < RIGHT + 0.3


def test_the_text_is_whole(paragraphs):
    for length, lines in zip(range(80, 114), paragraphs, strict=True):
        assert "".join(char["text"] for line in lines for char in line) == (WORDS * 3)[:length] + "。"
