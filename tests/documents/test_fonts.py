"""Without its fonts the program stops with one clear line instead of printing boxes."""

import hashlib
import io
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pdfplumber
import pikepdf
from fontTools.ttLib import TTFont

from tests.documents.conftest import GENERATED
from walkthrough_app.config import font_dir
from walkthrough_app.documents import fonts, pdf
from walkthrough_app.documents.html import print_css

SCRIPT = Path(__file__).parents[2] / "script" / "fonts"
CHOSEN = "import json; from walkthrough_app.documents import fonts; fonts.prepare(); print(json.dumps(fonts.chosen()))"
RARE = "䶮㛃𬀩喆堃犇镕婳昇㙍𬍛𫖯𬎆𬭚𬶍𫗧䌹𬘘𠮷龘鿏𠀀𪚥"
NAMES = f"{RARE} 阿不都热依木·买买提 ئابدۇرەھىم བཀྲ་ཤིས"
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


def test_bold_fangsong_is_a_face_of_its_own(paper):
    """Not the plain one with its outlines drawn thicker, which prints and searches worse."""
    assert "FandolFang-Bold" in embedded(paper.pdf)


def test_every_name_is_drawn_by_a_font_that_has_it():
    html = f"<html lang=zh-CN><style>{print_css()}</style><p>{NAMES}</p><h1>{NAMES}</h1><h2>{NAMES}</h2></html>"
    made = pdf.render(html, files={}, title="试", generated=GENERATED)
    assert made.missing_glyphs == ()
    with pdfplumber.open(io.BytesIO(made.pdf)) as opened:
        chars = opened.pages[0].chars
    assert set(NAMES.replace(" ", "")) <= {char for one in chars for char in one["text"]}
    families = {re.sub(r"^\w+\+", "", char["fontname"]) for char in chars if char["text"] in RARE}
    assert {name.split("-")[0] for name in families} <= {"LXGW", "HanaMinB", "Noto"}


def test_a_licensed_font_in_the_folder_is_taken_first(tmp_path):
    """Stand-ins under the names of 方正小标宋, 仿宋_GB2312 and 楷体_GB2312, as an office would put them there."""
    stand_in("FandolKai-Regular.otf", "FangSong_GB2312", tmp_path / "fs.otf")
    stand_in("FandolFang-Regular.otf", "FZXiaoBiaoSong-B05S", tmp_path / "xbs.otf")
    stand_in("FandolFang-Regular.otf", "KaiTi_GB2312", tmp_path / "kt.otf")
    own = (font_dir() / "fonts.conf").read_text(encoding="utf-8")
    more = own.replace("<dir>", f"<dir>{tmp_path}</dir><dir>", 1).replace(f"{font_dir()}/cache", f"{tmp_path}/cache")
    (tmp_path / "fonts.conf").write_text(more, encoding="utf-8")
    env = os.environ | {"WALKTHROUGH_FONT_DIR": str(tmp_path)}
    done = subprocess.run([sys.executable, "-c", CHOSEN], env=env, capture_output=True, text=True, check=True)
    taken = json.loads(done.stdout)
    assert (taken["仿宋"], taken["小标宋"], taken["楷体"]) == ("FangSong_GB2312", "FZXiaoBiaoSong-B05S", "KaiTi_GB2312")


def stand_in(original, family, target):
    font = TTFont(font_dir() / original)
    for number, text in ((1, family), (4, family), (6, family)):
        font["name"].removeNames(nameID=number)
        font["name"].setName(text, number, 3, 1, 0x409)
    font.save(target)


def test_a_second_run_changes_nothing_and_two_at_once_do_not_disturb_each_other(tmp_path):
    shutil.copytree(font_dir(), tmp_path / "fonts", ignore=shutil.ignore_patterns("*.ttf", "cache"), copy_function=copy)
    folder = tmp_path / "fonts"
    run(folder)
    before = state(folder)
    run(folder)
    assert state(folder) == before
    (folder / "FandolKai-Regular.otf").unlink()
    both = [subprocess.Popen([SCRIPT], env=os.environ | {"WALKTHROUGH_FONT_DIR": str(folder)}) for _ in range(2)]
    assert [one.wait(timeout=120) for one in both] == [0, 0]
    again = state(folder)
    assert again["FandolKai-Regular.otf"][0] == before["FandolKai-Regular.otf"][0]
    assert {name: found for name, found in again.items() if "Kai" not in name} == {
        name: found for name, found in before.items() if "Kai" not in name
    }


def copy(source, target):
    """Keep the time: it is part of what a font is known to be made from."""
    return shutil.copy2(source, target)


def run(folder):
    subprocess.run([SCRIPT], env=os.environ | {"WALKTHROUGH_FONT_DIR": str(folder)}, check=True, capture_output=True)


def state(folder):
    """Return digest and time of every font and of fonts.conf."""
    files = [*folder.glob("*.otf"), folder / "fonts.conf"]
    return {one.name: (hashlib.sha256(one.read_bytes()).hexdigest(), one.stat().st_mtime_ns) for one in files}


def embedded(data):
    with pikepdf.open(io.BytesIO(data)) as opened:
        fonts = [one for one in opened.objects if isinstance(one, pikepdf.Dictionary) and one.get("/Type") == "/Font"]
        return {re.sub(r"^/\w+\+", "", str(font.BaseFont)) for font in fonts if "/BaseFont" in font}
