"""What `walkthrough escalate` does: the day's steps by hand, or only a look at them."""

from collections.abc import Iterable
from datetime import date

import click

from walkthrough_app import config
from walkthrough_app.core import clock, db
from walkthrough_app.rectification.escalation import queries, service
from walkthrough_app.rectification.escalation.ladder import Rung


@click.command()
@click.option("--dry-run", is_flag=True, help="只看看到了哪一步，什么也不做。")
def escalate(*, dry_run: bool) -> None:
    """升级督办：超期的提醒、建议发督办通知单、列入通报候选。平时由后台进程每天 8:20 自动做。"""
    db.connect(config.from_env().database_url)
    if dry_run:
        db.begin_readonly()
        _print(queries.due(clock.today()), clock.today())
        db.session.remove()
        return
    with db.transaction():
        due = queries.due(clock.today())
        _print(due, clock.today())
        done = service.take(due)
    click.echo(f"已办{len(done)}步。")


def _print(rungs: Iterable[Rung], day: date) -> None:
    found = list(rungs)
    if not found:
        click.echo(f"{day.month}月{day.day}日没有到期的步骤。")
    for rung in found:
        finding = rung.finding
        click.echo(f"{finding.code} {finding.resp.name}：{rung.rule.says}（{rung.due_on.isoformat()}到期）")
