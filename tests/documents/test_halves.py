"""Many papers are bound by two processes, and nobody can tell from the file."""

import os
import subprocess
import sys
from pathlib import Path

import pikepdf
import pytest

from tests.documents.archive import marks_without_parent, ua_problems
from tests.documents.test_merge import BAD, REASONS, front, small
from walkthrough_app.documents.merge import CannotBind, Part
from walkthrough_app.documents.merge.whole import MANY, merge

COUNT = MANY + 3
PAGES = 2  # of each


@pytest.fixture(scope="session")
def parts(tmp_path_factory) -> list[Part]:
    path = tmp_path_factory.mktemp("many") / "small.pdf"
    path.write_bytes(small())
    return [Part(path, f"第{number:02}家", f"{number:02}", PAGES) for number in range(COUNT)]


@pytest.fixture(scope="session")
def many(parts, tmp_path_factory) -> Path:
    path = tmp_path_factory.mktemp("bound") / "many.pdf"
    assert merge(parts, path, front=front) == 2 + COUNT * PAGES
    return path


def test_papers_bookmarks_and_data_come_in_order(many):
    with pikepdf.open(many) as opened, opened.open_outline() as outline:
        titles = [item.title for item in outline.root]
        leads = [opened.pages.index(pikepdf.Page(item.destination[0])) for item in outline.root[1:]]
        files = sorted(name.removesuffix(".json") for name in opened.attachments)
        assert len(opened.pages) == 2 + COUNT * PAGES
    assert titles == ["目录", *(f"第{number:02}家" for number in range(COUNT))]
    assert leads == [2 + number * PAGES for number in range(COUNT)]
    assert files == [f"{number:02}" for number in range(COUNT)]


def test_the_file_is_sound_and_every_mark_leads_to_its_element(many):
    checked = subprocess.run(["qpdf", "--check", str(many)], capture_output=True, text=True, check=False)
    assert (checked.returncode, checked.stderr) == (0, "")
    assert ua_problems(many) == []
    with pikepdf.open(many) as opened:
        assert marks_without_parent(opened) == []
        keys = [key for kid in opened.Root.StructTreeRoot.ParentTree.Kids for key in kid.Limits]
        assert keys == sorted(keys)


def test_one_processor_makes_the_same_file(many, parts, tmp_path):
    all_of_them = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {min(all_of_them)})
    try:
        merge(parts, tmp_path / "alone.pdf", front=front)
    finally:
        os.sched_setaffinity(0, all_of_them)
    assert (tmp_path / "alone.pdf").read_bytes() == many.read_bytes()


def test_a_second_process_that_dies_costs_nothing_but_time(many, parts, tmp_path, monkeypatch):
    monkeypatch.setattr(sys, "executable", "/bin/false")
    merge(parts, tmp_path / "died.pdf", front=front)
    assert (tmp_path / "died.pdf").read_bytes() == many.read_bytes()


@pytest.mark.parametrize("kind", ["damaged", "untagged"])
def test_what_the_second_process_cannot_bind_is_refused_by_name_and_nothing_is_left(parts, tmp_path, kind):
    bad = tmp_path / "bad.pdf"
    bad.write_bytes(BAD[kind]())
    with pytest.raises(CannotBind) as refused:
        merge([*parts[:-1], Part(bad, "坏的", "坏的", pages=1)], tmp_path / "out.pdf", front=front)
    assert refused.value.path == bad
    assert REASONS[kind] in refused.value.reason
    assert list(tmp_path.iterdir()) == [bad]
