"""Data for load tests, of any size: real logs, their rows, figures and reports, built by the services, unit by unit.

A unit is planned in one transaction, its walks are stored in a second, its reports in a third: what was interrupted
holds whole units, and the one it stopped at without its walks.
"""

import os
import secrets
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from multiprocessing import get_context

import click

from walkthrough_app import config, wiring
from walkthrough_app.accounts.models import OrgClass
from walkthrough_app.board.search import listening
from walkthrough_app.board.search import service as search
from walkthrough_app.core import db
from walkthrough_app.demo.load import layout, pictures, realm, walking
from walkthrough_app.demo.load.chance import Chance
from walkthrough_app.demo.load.setting import Picture
from walkthrough_app.demo.load.unit import Order
from walkthrough_app.media.storage import MediaStore, open_store
from walkthrough_app.quality import service as quality

WALKS_A_UNIT = 100
FINDINGS = 10.0
ALONE = 2000  # walks up to which one process is enough
MOST = 100  # processes


@dataclass(frozen=True)
class Size:
    """How much to make; `of` fills in what was not said."""

    units: int
    walks: int
    findings: float

    @classmethod
    def of(cls, units: int | None, walks: int | None, findings: float | None) -> "Size":
        wanted = units or max(6, -(-(walks or 0) // WALKS_A_UNIT))
        return cls(
            wanted, wanted * WALKS_A_UNIT if walks is None else walks, FINDINGS if findings is None else findings
        )


_stock: list[Picture] = []
_store: MediaStore | None = None


def run(settings: config.Settings, size: Size, seed: int) -> tuple[str, list[str]]:
    """Fill an empty database; return the password and the names of the accounts that have it."""
    password = settings.demo_password or secrets.token_hex(5)
    plots = layout.plots(size.units, size.walks, Chance(f"{seed}/plots"))
    counties = sorted({plot.county for plot in plots} - {""})
    store = open_store(settings)
    with db.transaction():
        stock = pictures.stock(size.walks, seed, store)
    with db.transaction():
        frame = realm.build(counties, password)
    known = next(plot.number for plot in plots if not plot.county and plot.org_class is OrgClass.CITY_DEPT)
    orders = [Order(plot, frame, seed, size.findings, password if plot.number == known else "") for plot in plots]
    made = _show(settings, orders, stock, size.walks)
    with db.transaction():
        search.rebuild(lambda _count: db.step())
    sums = f"{made['units']} 个单位、{made['walks']} 次走流程、{made['findings']} 个问题、{made['reports']} 份报告"
    click.echo(f"已生成 {sums}。")
    return password, realm.accounts_of(counties)


def _show(settings: config.Settings, orders: list[Order], stock: list[Picture], walks: int) -> Counter[str]:
    """Build all and show how far it is."""
    made: Counter[str] = Counter()
    with click.progressbar(length=walks, label="生成走流程") as bar:
        for part in _build(settings, orders, stock, walks):
            made += part
            bar.update(part["walks"])
    return made


def _build(settings: config.Settings, orders: list[Order], stock: list[Picture], walks: int) -> Iterator[Counter[str]]:
    """Build unit after unit; many of them in several processes, of which one stores while the others tell."""
    if walks <= ALONE:
        store = open_store(settings)
        yield from (_quietly(order, stock, store) for order in orders)
        return
    db.session.remove()
    count = min(MOST, os.cpu_count() or 1, len(orders))
    with ProcessPoolExecutor(count, get_context("spawn"), _prepare, (settings, stock)) as pool:
        waiting = [pool.submit(_one, order) for order in orders]
        try:
            for done in as_completed(waiting):
                yield done.result()
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise


def _prepare(settings: config.Settings, stock: list[Picture]) -> None:
    """Connect a process of its own."""
    global _store
    _store = wiring.connect(settings)
    _stock[:] = stock


def _one(order: Order) -> Counter[str]:
    assert _store
    return _quietly(order, _stock, _store)


def _quietly(order: Order, stock: list[Picture], store: MediaStore) -> Counter[str]:
    """Build a unit; search is filled when all stand, and signs of thin work are left to `walkthrough quality`."""
    with quality.paused(), listening.paused():
        return walking.build(order, stock, store)
