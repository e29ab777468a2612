"""`walkthrough figures`: the figures of lists and boards made anew from the events."""

import click

from walkthrough_app import config
from walkthrough_app.core import db
from walkthrough_app.figures import service


@click.command()
def figures() -> None:
    """按原始记录重新统计各项数字。"""
    db.connect(config.from_env().database_url)
    with db.transaction():
        count = service.rebuild(lambda _count: db.step())
    click.echo(f"已按原始记录重新统计 {count} 次走流程。")
