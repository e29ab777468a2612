"""Without its fonts the program stops with one clear line instead of printing boxes."""

import os
import subprocess
import sys

from tests.documents.conftest import GENERATED
from walkthrough_app.documents import fonts, pdf

CHECK = "from walkthrough_app.documents.pdf import check_renderer; check_renderer()"
EMPTY = "<fontconfig><dir>{}</dir></fontconfig>"


def check(folder):
    """Check the renderer in a process of its own, whose fonts lie in `folder`."""
    env = os.environ | {"WALKTHROUGH_FONT_DIR": str(folder)}
    done = subprocess.run([sys.executable, "-c", CHECK], env=env, capture_output=True, text=True, check=False)
    return done.returncode, done.stderr.strip().splitlines()[-1]


def test_this_machine_can_print():
    pdf.check_renderer()
    assert fonts.chosen()["仿宋"]


def test_a_character_that_no_font_has_is_reported():
    html = "<html><p>没有字形：\U000f0123</p></html>"
    assert pdf.render(html, files={}, title="试", generated=GENERATED).missing_glyphs == ("\U000f0123",)


def test_a_web_server_finds_such_a_character_without_loading_the_renderer():
    asked = "from walkthrough_app.documents import pdf; found = pdf.undrawable('一\U000f0123'); import sys; "
    code = f"{asked} sys.exit(found != ('\U000f0123',) or 'weasyprint' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_a_folder_without_fonts_says_what_to_run(tmp_path):
    code, line = check(tmp_path)
    assert code == 1
    assert "script/fonts" in line


def test_a_missing_font_is_named(tmp_path):
    (tmp_path / "fonts.conf").write_text(EMPTY.format(tmp_path), encoding="utf-8")
    code, line = check(tmp_path)
    assert code == 1
    assert "仿宋" in line
    assert "script/fonts" in line
