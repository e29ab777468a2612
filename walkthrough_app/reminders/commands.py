"""What `walkthrough remind` does: the day's tick by hand, or only a look at it."""

from datetime import date

import click

from walkthrough_app.core import clock, db
from walkthrough_app.reminders import service
from walkthrough_app.reminders.service import Day


def run(day: date | None, *, dry_run: bool) -> None:
    """Print who is told what on a day and tell them; with `dry_run`, and for any day but today, only print."""
    chosen = day or clock.today()
    if dry_run:
        db.begin_readonly()
        _print(service.look(chosen))
        db.session.remove()
        return
    if chosen != clock.today():
        raise click.UsageError("不是今天的只能看，请加上 --dry-run。")
    with db.transaction():
        found = service.look(chosen)
        _print(found)
        made = service.tick(found)
    click.echo(f"已提醒{made['people']}人；邮件{made['mails']}封、群消息{made['robots']}条交给后台进程发送。")


def _print(found: Day) -> None:
    if not found.people and not found.robots:
        click.echo(f"{_said(found.day)}没有要提醒的。")
    for told in found.people:
        click.echo(f"{told.user.unit.name} {told.user.name}（{told.user.role.label}）")
        for line in told.lines:
            click.echo(f"  {line.title}：{line.text}")
    for outlet, text in found.robots:
        click.echo(f"{outlet.channel.label}（{outlet.lane.label}）")
        click.echo("  " + " ".join(text.split()))


def _said(day: date) -> str:
    return f"{day.month}月{day.day}日" + ("" if clock.is_workday(day) else "不是工作日，")
