"""What makes papers quick changes nothing in them."""

import io
import subprocess
import sys

import pikepdf
import pytest
import tinyhtml5

from tests.documents import contents as samples
from tests.documents.conftest import GENERATED, render_paper, write_html
from walkthrough_app.config import ROOT
from walkthrough_app.documents import papers
from walkthrough_app.documents.speed import markup

PLAIN = """
import sys
from walkthrough_app.documents import speed
speed.install = lambda: None
from tests.documents.conftest import render_paper
sys.stdout.buffer.write(render_paper().pdf)
"""


def test_a_paper_laid_out_without_short_cuts_is_the_same_object_for_object(paper):
    plain = subprocess.run([sys.executable, "-c", PLAIN], cwd=ROOT, capture_output=True, check=True).stdout
    ours, theirs = contents(paper.pdf), contents(plain)
    assert len(ours) > 500
    assert ours == theirs


FEW = """
import sys
from walkthrough_app.documents.speed import texts
texts.KEPT = 100
from tests.documents.conftest import render_paper
sys.stdout.buffer.write(render_paper().pdf)
"""


def test_a_paper_of_more_lines_than_are_kept_is_the_same(paper):
    few = subprocess.run([sys.executable, "-c", FEW], cwd=ROOT, capture_output=True, check=True).stdout
    assert few == paper.pdf


UNUSED = """
import sys
from tests.documents.conftest import render_paper
render_paper()
assert "fontTools.subset" not in sys.modules
from weasyprint.pdf import fonts
assert type(fonts.subset.Options(notdef_outline=True)).__module__ == "fontTools.subset"
"""


def test_tools_for_fonts_are_loaded_when_they_are_needed():
    subprocess.run([sys.executable, "-c", UNUSED], cwd=ROOT, check=True)


def test_a_paper_does_not_depend_on_those_laid_out_before_it(paper):
    for other in (samples.NOTICE, samples.BULLETIN):
        papers.render(other, generated=GENERATED)
    assert render_paper().pdf == paper.pdf


@pytest.mark.parametrize("other", [samples.NOTICE, samples.LETTER, samples.BULLETIN, samples.REPORT], ids=type)
def test_our_papers_are_read_quickly_and_say_the_same(other):
    assert_read_alike(papers.to_html(other))


def test_a_paper_with_pictures_is_read_quickly_too():
    assert_read_alike(write_html())


@pytest.mark.parametrize(
    "page",
    [
        "<p>no frame",
        "<!doctype html><html><body><p>two<p>open",
        "<!doctype html><html><body><p>&nbsp;</p></body></html>",
        "<!doctype html><html><body><p>\x01</p></body></html>",
        '<!doctype html><html><body><p title="two\nlines">1</p></body></html>',
    ],
)
def test_what_is_not_xml_is_read_as_html(page):
    assert outline(quickly(page)) == outline(as_html(page))


def assert_read_alike(page):
    def refuse(*_args, **_kwargs):
        pytest.fail("read as HTML")

    assert outline(markup._quickly(refuse)(io.StringIO(page))) == outline(as_html(page))


def quickly(page):
    return markup._quickly(tinyhtml5.parse)(io.StringIO(page), namespace_html_elements=False)


def as_html(page):
    return tinyhtml5.parse(page, namespace_html_elements=False)


def outline(tree):
    """Return elements, attributes and words; the space between blocks says nothing."""
    return [(one.tag, one.attrib, (one.text or "").strip(), (one.tail or "").strip()) for one in tree.iter()]


def contents(data):
    """Return every object but the tables of the file itself, unpacked."""
    found = []
    with pikepdf.open(io.BytesIO(data)) as opened:
        for one in opened.objects:
            if isinstance(one, pikepdf.Stream):
                if one.get("/Type") not in {"/ObjStm", "/XRef"}:
                    found.append(body(one))
            elif one is not None:
                found.append(one.unparse(resolved=True))
    return found


def body(stream):
    is_photo = stream.get("/Filter") == "/DCTDecode"
    return bytes(stream.read_raw_bytes() if is_photo else stream.read_bytes())
