"""What can be checked of archive and accessibility without the makers' validators, which no package index has."""

import re
from pathlib import Path
from typing import Any

import pikepdf
from pdfua.validator import Validator

MARK = re.compile(rb"/MCID (\d+)")
# pdfua 0.1.3 asks pikepdf 10 for something that it refuses; we look at the headings ourselves.
NOT_CHECKED = {"UA-14-001"}


def ua_problems(path: Path) -> list[str]:
    """Return what pdfua finds, and the rules that it could not apply."""
    report = Validator().validate(str(path))
    found = [str(finding) for outcome in report.outcomes for finding in outcome.findings]
    skipped = {outcome.rule_id for outcome in report.outcomes if outcome.skipped_reason}
    return found + sorted(skipped - NOT_CHECKED)


def elements(opened: pikepdf.Pdf, *roles: str) -> list[Any]:
    """Return the elements of these roles that can be reached from the root, in order."""
    return [one for one in _below(opened.Root.StructTreeRoot) if str(one.get("/S")) in roles]


def _below(element: Any) -> list[Any]:
    kids = element.get("/K", [])
    kids = list(kids) if isinstance(kids, pikepdf.Array) else [kids]
    elements = [kid for kid in kids if isinstance(kid, pikepdf.Dictionary) and "/S" in kid]
    return [one for kid in elements for one in (kid, *_below(kid))]


def marks_without_parent(opened: pikepdf.Pdf) -> list[tuple[int, int]]:
    """Return (page, mark) of what is drawn but named by no element that can be reached and stands on that page."""
    reached = {one.objgen for one in _below(opened.Root.StructTreeRoot)}
    table = dict(_entries(opened.Root.StructTreeRoot.ParentTree))
    lost = []
    for number, page in enumerate(opened.pages, 1):
        parents = table[int(page.obj.StructParents)]
        for mark in map(int, MARK.findall(content_of(page.obj))):
            element = parents[mark]
            if element.objgen not in reached or element.Pg.objgen != page.obj.objgen:
                lost.append((number, mark))
    return lost


def _entries(node: Any) -> list[tuple[int, Any]]:
    nums = list(node.get("/Nums", []))
    own = [(int(key), value) for key, value in zip(nums[::2], nums[1::2], strict=True)]
    return own + [entry for kid in node.get("/Kids", []) for entry in _entries(kid)]


def content_of(page: Any) -> bytes:
    found = page.Contents
    streams = list(found) if isinstance(found, pikepdf.Array) else [found]
    return b"\n".join(stream.read_bytes() for stream in streams)
