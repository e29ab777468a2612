"""`walkthrough search rebuild`: the index made anew."""

import click

from walkthrough_app import config
from walkthrough_app.board.search import service
from walkthrough_app.core import db


@click.group()
def search() -> None:
    """查找用的索引。"""


@search.command()
def rebuild() -> None:
    """重新建立查找用的索引。"""
    db.connect(config.from_env().database_url)
    with db.transaction():
        count = service.rebuild(lambda _count: db.step())
    click.echo(f"已重新建立索引，共 {count} 条。")
