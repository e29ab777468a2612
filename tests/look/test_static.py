"""The static files are small, ours or accounted for, and call nobody outside."""

import gzip
import hashlib
import json
import re
from pathlib import Path

from walkthrough_app.config import ROOT
from walkthrough_app.core import bundles

STATIC = ROOT / "static"
CSS = sorted((STATIC / "css").glob("*.css"))
OURS = {"app.svg"}


def packed(paths: list[Path]) -> int:
    return sum(len(gzip.compress(path.read_bytes())) for path in paths)


def test_the_style_sheets_are_small() -> None:
    assert packed([path for path in CSS if path.stem in {"tokens", "base", "phone", "office"}]) < 9 * 1024


def test_the_conveniences_are_small() -> None:
    assert len(gzip.compress(bundles.join("js/app.js").encode())) < 4 * 1024
    assert (
        max(len(path.read_text(encoding="utf-8").splitlines()) for path in (STATIC / "js/components").glob("*.js"))
        <= 60
    )


def test_nothing_is_fetched_from_elsewhere() -> None:
    ours = (STATIC / "js").rglob("*.js")
    for path in [*CSS, *ours]:
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"https?:|//[a-z]+\.|@import (?!\"\./)|@font-face|url\(", text), path


def test_scripts_import_only_their_neighbours() -> None:
    for path in (STATIC / "js").rglob("*.js"):
        for name in re.findall(r"from \"([^\"]+)\"", path.read_text(encoding="utf-8")):
            assert (path.parent / name).is_file(), (path, name)


def test_every_icon_is_the_one_of_the_package_it_came_from() -> None:
    source = json.loads((STATIC / "icons/SOURCE.json").read_text(encoding="utf-8"))
    found = {path.name: path for path in (STATIC / "icons").glob("*.svg") if path.name not in OURS}
    assert set(found) == set(source["sha256"])
    for name, path in found.items():
        assert hashlib.sha256(path.read_bytes()).hexdigest() == source["sha256"][name], name
    assert "ISC License" in (STATIC / "icons/LICENSE").read_text(encoding="utf-8")


def test_every_icon_that_a_template_names_is_there() -> None:
    icons = {path.stem for path in (STATIC / "icons").glob("*.svg")}
    for path in (ROOT / "walkthrough_app").rglob("templates/**/*.html"):
        text = path.read_text(encoding="utf-8")
        assert set(re.findall(r"(?:glyph|icon)\('([\w-]+)'\)|icon='([\w-]+)'", text)) <= {
            pair for name in icons for pair in ((name, ""), ("", name))
        }, path


def test_sizes_grow_with_the_readers_text() -> None:
    for path in CSS:
        assert not re.search(r"font-size: [\d.]+px|font: [\d.]+px", path.read_text(encoding="utf-8")), path
