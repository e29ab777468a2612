"""What makes papers quick changes nothing in them."""

import io
import subprocess
import sys

import pikepdf

from walkthrough_app.config import ROOT

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
