"""Static files: an entry is one small file, and nothing that may be asked for in parts is compressed."""

import gzip
import io
import re
import subprocess
from pathlib import Path

import brotli
import pytest
from flask import Flask, Response, send_file
from flask.testing import FlaskClient

from walkthrough_app.config import ROOT
from walkthrough_app.core import assets, bundles

SCRIPTS = sorted(path.relative_to(ROOT / "static").as_posix() for path in (ROOT / "static/js").glob("*.js"))
SHEETS = sorted(path.relative_to(ROOT / "static").as_posix() for path in (ROOT / "static/css").glob("*.css"))
SOURCES = sorted([ROOT / "static/sw.js", *(ROOT / "static/js").rglob("*.js")])
NEWER_THAN_ES2020 = re.compile(r"\?\?=|\|\|=|&&=|\b\d+_\d|\.replaceAll\(|\.at\(", re.MULTILINE)


@pytest.mark.parametrize("name", [*SCRIPTS, "sw.js"])
def test_every_entry_is_one_valid_script(name: str, tmp_path: Path) -> None:
    joined = bundles.small(name)
    assert not re.search(r"\b(import|export) ", joined)
    file = tmp_path / "joined.cjs"  # where, other than in a module, waiting at the top level is an error
    file.write_text(f'"use strict";\n{joined}', encoding="utf-8")
    checked = subprocess.run(["node", "--check", file], capture_output=True, text=True, check=False)
    assert (checked.returncode, checked.stderr) == (0, "")


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.name)
def test_every_script_is_written_for_the_oldest_phone_we_support(path: Path) -> None:
    assert NEWER_THAN_ES2020.findall(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("name", SHEETS)
def test_every_style_sheet_is_whole(name: str) -> None:
    joined = bundles.small(name)
    assert "@import" not in joined
    assert "/*" not in joined
    assert joined.count("{") == joined.count("}")


def test_what_is_needed_comes_first_and_once(script) -> None:
    script("js/walk.js", 'import { a } from "./lib/a.js";\nimport {\n  b,\n  c,\n} from "./page/b.js";\na(b, c);\n')
    script("js/page/b.js", 'import { a } from "../lib/a.js";\nexport const b = a();\nexport class c {}\n')
    script("js/lib/a.js", "/** Says a. */\nexport function a() {\n  // why\n  return 1; // because\n}\n")
    lines = "function a() {", "return 1;", "}", "const b = a();", "class c {}", "a(b, c);"
    assert bundles.join("js/walk.js") == "\n".join(lines) + "\n"


def test_an_address_in_a_text_is_no_comment(script) -> None:
    line = 'say("one; // two"); go("https://here", `x; // y`);\n'
    script("js/walk.js", line)
    assert bundles.join("js/walk.js") == line


def test_a_later_script_takes_from_the_first_what_both_need(script) -> None:
    script("js/walk.js", 'import { a, b } from "./lib/a.js";\na(b);\n')
    script("js/sheets.js", 'import { b } from "./lib/a.js";\nimport { c } from "./lib/c.js";\nb(c);\n')
    script("js/lib/a.js", "export const a = 1;\nexport const b = 2;\n")
    script("js/lib/c.js", "export const c = 3;\n")
    script("js/page/stale.js", "// taken anew\nrenew();\n")
    first, later = bundles.join("js/walk.js"), bundles.join("js/sheets.js")
    mark = re.search(r"globalThis\.(shared_\w+) = \{b\};", first)
    assert mark
    assert f"const {{b}} = globalThis.{mark[1]};\nconst c = 3;\nb(c);\n" in later
    assert later.endswith("else {\nrenew();\n}\n")
    script("js/lib/a.js", "export const a = 1;\nexport const b = 4;\n")
    assert mark[1] not in bundles.join("js/sheets.js"), "a page with the older first script must not run it"


@pytest.mark.parametrize(
    ("walk", "other", "words"),
    [
        ('import { a } from "./none.js";\n', "", "js/walk.js asks for js/none.js"),
        ('import { a } from "../../pyproject.js";\n', "", "not there"),
        ('import { a } from "./other.js";\n', "", "js/walk.js imports what js/other.js does not export: a"),
        (
            'import { a } from "./other.js";\n',
            'import { b } from "./walk.js";\n',
            "js/walk.js -> js/other.js -> js/walk",
        ),
        (
            'import { a } from "./other.js";\nconst b = 1;\n',
            "export let a;\nfunction b() {}\n",
            "js/other.js both declare b",
        ),
        ('import { a as b } from "./other.js";\n', "export let a;\n", "does not export: a as b"),
        ('import * as o from "./other.js";\n', "", "cannot be joined: import *"),
        ('import o from "./other.js";\n', "", "cannot be joined: import o"),
        ('  const o = await import("./other.js");\n', "", "cannot be joined"),
        ("export default 1;\n", "", "cannot be joined: export default"),
        ("const a = 1;\nexport { a };\n", "", "cannot be joined: export { a }"),
        ("const { a, b } = c;\n", "", "cannot be joined: const { a, b }"),
        ("const a = `one\n  two`;\n", "", "js/walk.js has a text over several lines"),
        ('const a = "one\\\n  two";\n', "", "js/walk.js has a text over several lines"),
    ],
)
def test_what_cannot_be_joined_is_refused_by_name(script, walk: str, other: str, words: str) -> None:
    script("js/walk.js", walk)
    script("js/other.js", other)
    with pytest.raises(bundles.BundleError, match=re.escape(words)):
        bundles.join("js/walk.js")


def test_a_script_that_does_not_parse_is_refused_by_name(script) -> None:
    pytest.importorskip("minify")
    script("js/walk.js", "function a( {\n")
    with pytest.raises(bundles.BundleError, match=r"js/walk\.js does not parse"):
        bundles.small("js/walk.js")


def test_a_style_sheet_brings_its_imports_with_it(script) -> None:
    script("css/phone.css", '/* Phone. */\n@import "./tokens.css";\n@import "./base.css";\n.a { b: c; }\n')
    script("css/base.css", '@import "./tokens.css";\n\nbody {\n  d: e;\n}\n')
    script("css/tokens.css", ":root { --f: g; } /* why */\n")
    assert bundles.join("css/phone.css") == ":root { --f: g; }\nbody {\nd: e;\n}\n.a { b: c; }\n"


def test_a_style_sheet_from_elsewhere_is_refused(script) -> None:
    script("css/phone.css", '@import url("https://example.org/x.css");\n')
    with pytest.raises(bundles.BundleError, match=r"css/phone\.css"):
        bundles.join("css/phone.css")


@pytest.mark.parametrize(("packer", "unpack"), [("gzip", gzip.decompress), ("br", brotli.decompress), ("", bytes)])
def test_an_entry_is_sent_as_small_as_the_reader_can_take_it(anonymous: FlaskClient, packer: str, unpack) -> None:
    address = f"/static/{assets.version()}/js/app.js"
    answer = anonymous.get(address, headers={"Accept-Encoding": packer})
    assert unpack(answer.data).decode() == bundles.small("js/app.js")
    assert answer.headers.get("Content-Encoding", "") == packer
    assert answer.headers["Vary"] == "Accept-Encoding"
    assert answer.mimetype == "text/javascript"
    same = {"Accept-Encoding": packer, "If-None-Match": answer.headers["ETag"]}
    assert anonymous.get(address, headers=same).status_code == 304


def test_an_icon_is_only_its_drawing() -> None:
    assert assets.icon("minus").startswith('<svg width="24" height="24" viewBox="0 0 24 24"')
    assert assets.icon("minus").endswith('<path d="M5 12h14"/></svg>')


def test_a_module_alone_keeps_its_exports(anonymous: FlaskClient) -> None:
    answer = anonymous.get(f"/static/{assets.version()}/js/lib/time.js")
    assert answer.text == (ROOT / "static/js/lib/time.js").read_text(encoding="utf-8")


def test_a_page_is_compressed_and_is_the_same_page(anonymous: FlaskClient) -> None:
    answer = anonymous.get("/sign-in", headers={"Accept-Encoding": "gzip"})
    assert "Accept-Encoding" in answer.headers["Vary"]
    page = gzip.decompress(answer.data).decode()
    assert page.count('rel="stylesheet"') == page.count("<script") == 1
    assert page.rstrip().endswith("</html>")
    assert len(answer.data) < 0.6 * len(page)


def test_the_service_worker_is_always_asked_for_anew(anonymous: FlaskClient) -> None:
    answer = anonymous.get("/sw.js")
    assert answer.mimetype == "text/javascript"
    assert answer.headers["Cache-Control"] == "no-cache"


def test_papers_pictures_and_packages_are_sent_untouched_also_in_parts(files: FlaskClient) -> None:
    for kind in ("application/pdf", "image/jpeg", "application/zip", "application/json"):
        whole = files.get(f"/file/{kind}", headers={"Accept-Encoding": "gzip, br"})
        part = files.get(f"/file/{kind}", headers={"Accept-Encoding": "gzip, br", "Range": "bytes=10-19"})
        again = files.get(f"/file/{kind}", headers={"If-None-Match": whole.headers["ETag"]})
        assert "Content-Encoding" not in {*dict(whole.headers), *dict(part.headers)}
        assert whole.data == b"0123456789" * 400
        assert (part.status_code, part.data) == (206, b"0123456789")
        assert again.status_code == 304


@pytest.fixture
def script(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Write a file of another static folder."""
    monkeypatch.setattr(bundles, "STATIC", tmp_path)

    def write(name: str, text: str) -> None:
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")

    return write


@pytest.fixture
def files() -> FlaskClient:
    """Return a client of an app that streams one file under any type."""
    app = Flask("files", static_folder=None)
    app.register_blueprint(assets.bp)

    @app.get("/file/<path:kind>")
    def stream(kind: str) -> Response:
        return send_file(io.BytesIO(b"0123456789" * 400), mimetype=kind, etag="x")

    return app.test_client()
