"""Code of others: only what is written down, byte for byte as it was published, each with its licence."""

import hashlib
import json

from walkthrough_app.config import ROOT

VENDOR = ROOT / "static/js/vendor"
SOURCES = json.loads((VENDOR / "SOURCE.json").read_text(encoding="utf-8"))


def test_every_file_is_the_one_that_was_published() -> None:
    found = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in VENDOR.glob("*.js")}
    assert found == {source["file"]: source["sha256"] for source in SOURCES}


def test_every_file_names_its_package_and_version() -> None:
    for source in SOURCES:
        assert source["file"] == f"{source['npm']}-{source['version']}.js"


def test_the_licence_lies_beside_it() -> None:
    text = (VENDOR / "LICENSE").read_text(encoding="utf-8")
    assert {source["licence"] for source in SOURCES} == {"ISC"}
    assert "ISC License" in text
