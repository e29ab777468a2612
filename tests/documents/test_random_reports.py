"""Whatever a report holds, each page of it is whole: nothing in the margins, no box, no torn row, no heading left behind.

A dozen seeds in the suite; WALKTHROUGH_REPORTS=500 runs as many as it says.
"""

import os
import re
from datetime import UTC, datetime

import pikepdf
import pytest

from tests.documents import sheets
from tests.documents.chance import TRAITS, Chance, ledger
from walkthrough_app.documents import pdf, rows
from walkthrough_app.reports.compose import compose
from walkthrough_app.reports.render import render

SEEDS = range(int(os.environ.get("WALKTHROUGH_REPORTS", len(TRAITS))))
UPRIGHT, TURNED = (28.0, 37.0, 184.0, 262.0), (35.0, 28.0, 260.0, 184.0)  # left, top, right, bottom of the type area
NEAR = 0.6  # mm that poppler rounds
LEADING = 3.0  # mm that the box of a glyph is higher than its ink
HEX = re.compile(rb"<([0-9a-f]+)>")
HEADING, DENSE = 16.0, 10.6  # points


@pytest.mark.parametrize("seed", SEEDS)
def test_every_page_is_whole(seed, listener, tmp_path):
    address, asked = listener
    data, pictures = Chance(seed, address).report()
    composed = compose(data)
    made = render(data, pictures, generated=datetime(2018, 7, 16, tzinfo=UTC))
    (tmp_path / "report.pdf").write_bytes(made.pdf)
    pages = sheets.read(tmp_path / "report.pdf")
    assert len(pages) == made.pages
    assert [piece for page in pages for piece in in_the_margins(page)] == []
    assert [line for line in map(last_line, pages) if is_heading(line)] == []
    assert torn(pages, ledger(composed)) == []
    assert set(made.missing_glyphs) <= set(pdf.undrawable(all_words(composed)))
    assert boxes(tmp_path / "report.pdf") == []
    assert asked == []


def in_the_margins(page):
    left, top, right, bottom = TURNED if page.is_turned else UPRIGHT
    for one in inside(page):
        if (
            one.left < left - NEAR
            or one.right > right + NEAR
            or one.top < top - LEADING
            or one.bottom > bottom + LEADING
        ):
            yield one


def inside(page):
    """Leave out the number of the page, which poppler tears apart where it is turned."""
    return [one for one in page.pieces if not ("Serif-SC" in one.family and set(one.text) <= set("—0123456789 "))]


def last_line(page):
    found = inside(page)
    foot = max((one.bottom for one in found), default=0)
    return [one for one in found if one.bottom > foot - 4]


def is_heading(line):
    """Tell whether a line is a heading or the caption of a table."""
    text = "".join(one.text for one in line)
    in_kai = any("Kai" in one.family and "LXGW" not in one.family and abs(one.size - HEADING) < 1 for one in line)
    in_hei = any("Sans-SC" in one.family and abs(one.size - HEADING) < 1 for one in line)
    return text if in_kai or in_hei or re.match("表[0-9]　", text) else ""


def torn(pages, table):
    """Return the titles of the rows that do not stand on one page, of those that take no large part of one."""
    if table is None:
        return []
    widths = [table.width_of(column) for column in table.columns]
    room = rows.ACROSS if table.is_turned else rows.UPRIGHT
    texts = ["".join(one.text for one in page.pieces if abs(one.size - DENSE) < 0.3) for page in pages]
    whole = [row[1] for row in table.rows if rows.height(row, widths, room) <= rows.MOST]
    return [title for title in whole if not any(title[0] in text and title[-1] in text for text in texts)]


def all_words(composed):
    steps = (photo.step for photo in composed.photos)
    return "\n".join([composed.title, composed.addressee, *composed.words(), *steps])


def boxes(path):
    """Return the texts that show glyph 0 of their font, which is its box."""
    with pikepdf.open(path) as opened:
        streams = [page.Contents.read_bytes() for page in opened.pages]
        streams += [one.read_bytes() for one in opened.objects if is_form(one)]
    shown = [code for stream in streams for part in re.findall(rb"\[(<.*?)\] TJ", stream) for code in HEX.findall(part)]
    assert shown
    return [code for code in shown if any(code[n : n + 4] == b"0000" for n in range(0, len(code), 4))]


def is_form(one):
    return isinstance(one, pikepdf.Stream) and one.get("/Subtype") == "/Form"
