"""What the documents say exists, and what exists is in the documents."""

import re
from pathlib import Path

from walkthrough_app.config import ROOT

APP = ROOT / "walkthrough_app"


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def test_every_feature_folder_is_on_the_map() -> None:
    folders = [path.name for path in APP.iterdir() if (path / "__init__.py").exists()]
    missing = [name for name in folders if f"{name}/" not in read("ARCHITECTURE.md")]
    assert missing == []


def test_every_setting_is_explained() -> None:
    settings = set(re.findall(r'_read\([^"]*"(\w+)"\)', read("walkthrough_app/config.py")))
    missing = [name for name in settings if f"WALKTHROUGH_{name}" not in read("docs/settings.md")]
    assert missing == []


def test_every_local_link_leads_somewhere() -> None:
    pages = [ROOT / name for name in ("README.md", "README.zh-CN.md", "ARCHITECTURE.md", "CONTRIBUTING.md")]
    for page in [*pages, *(ROOT / "docs").rglob("*.md")]:
        for link in re.findall(r"\]\((?!https?:)([^)#]+)", page.read_text(encoding="utf-8")):
            assert (page.parent / link).exists(), f"{page.name}: {link}"


def test_no_python_file_outgrows_the_budget() -> None:
    files = [*APP.rglob("*.py"), *(ROOT / "tests").rglob("*.py")]
    too_long = [path.name for path in files if len(path.read_text(encoding="utf-8").splitlines()) > 400]
    assert too_long == []


def test_schemas_are_published() -> None:
    published = {path.name for path in (ROOT / "docs" / "schemas").iterdir()}
    kept = {path.name for path in APP.rglob("*.schema.json")}
    assert published == kept
    assert all(Path(path).resolve().is_file() for path in (ROOT / "docs" / "schemas").iterdir())
