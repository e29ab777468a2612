"""What compilations have done in the background: gathering, the papers of a version, the bound reports."""

import uuid
from collections.abc import Mapping
from functools import partial
from typing import Any

from walkthrough_app import jobs
from walkthrough_app.compilation.facts import Source
from walkthrough_app.compilation.models import Compilation, CompilationVersion
from walkthrough_app.compilation.service import binding, gathering, papers
from walkthrough_app.core import db
from walkthrough_app.core.errors import NotFound
from walkthrough_app.media.storage import MediaStore
from walkthrough_app.reports.models import ReportVersion

GONE = "这份汇总已经不在了。"


def connect(store: MediaStore, sign: papers.Sign) -> None:
    """Register the tasks with the store they read from and write to, and with what signs a finished paper."""
    jobs.task(gathering.KIND)(gather)
    jobs.task(papers.KIND)(partial(make_papers, store, sign))
    jobs.task(binding.KIND)(partial(bind, store))


def gather(args: Mapping[str, Any], tell: jobs.Tell) -> jobs.Write:
    """Read the received reports one by one, so that memory stays bounded, and keep what a compilation needs of them."""
    key = uuid.UUID(args["compilation"])
    with db.transaction():
        found = db.session.get(Compilation, key)
        if found is None:
            raise NotFound(GONE)
        order = gathering.order_of(found)
    sources = []
    for n, version in enumerate(order.versions):
        tell(int(90 * n / len(order.versions)), f"正在读取第{n + 1}份，共{len(order.versions)}份")
        sources.append(_source(version))
    gathered = gathering.gather(order, sources)

    def write() -> None:
        gathering.put_down(db.session.get_one(Compilation, key), gathered)

    return write


def _source(version_id: uuid.UUID) -> Source:
    with db.transaction():
        return gathering.source_of(db.session.get_one(ReportVersion, version_id))


def make_papers(store: MediaStore, sign: papers.Sign, args: Mapping[str, Any], tell: jobs.Tell) -> jobs.Write:
    key = uuid.UUID(args["version"])
    with db.transaction():
        version = _version(key)
        data, at = version.data, version.frozen_at
    made = papers.make(data, at, store, sign, tell)

    def write() -> None:
        papers.put_down(db.session.get_one(CompilationVersion, key), made)

    return write


def bind(store: MediaStore, args: Mapping[str, Any], tell: jobs.Tell) -> jobs.Write:
    key = uuid.UUID(args["version"])
    with db.transaction():
        order = binding.order_of(_version(key))
    tell(5, f"正在装订{len(order.reports)}份报告")
    sha256 = binding.make(order, store)

    def write() -> None:
        binding.put_down(db.session.get_one(CompilationVersion, key), sha256)

    return write


def _version(key: uuid.UUID) -> CompilationVersion:
    found = db.session.get(CompilationVersion, key)
    if found is None:
        raise NotFound(GONE)
    return found
