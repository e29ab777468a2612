"""The command line of accounts: `walkthrough user add | invite | disable`."""

from collections.abc import Iterator
from contextlib import contextmanager

import click
from sqlalchemy.exc import OperationalError, ProgrammingError

from walkthrough_app.accounts import qr, queries, rules, service
from walkthrough_app.accounts.models import Role, Unit, User
from walkthrough_app.config import Settings, from_env
from walkthrough_app.core import db
from walkthrough_app.core.errors import NotFound

DEFAULT_PORT = 8000


@click.group()
def user() -> None:
    """账号：添加、邀请、停用。"""


@user.command()
@click.argument("username")
@click.option("--name", required=True, help="姓名。")
@click.option("--post", required=True, help="职务，例如局长。")
@click.option("--role", required=True, type=click.Choice([role.value for role in Role]), help="身份。")
@click.option("--unit", required=True, help="单位的全称。")
def add(username: str, name: str, post: str, role: str, unit: str) -> None:
    """添加一个账号，单位要已经存在。"""
    with _database():
        service.add_user(username=username, name=name, post=post, role=Role(role), unit=_unit(unit), by=None)
    click.echo(f"已添加 {username}。用 walkthrough user invite {username} 发邀请。")


@user.command()
@click.argument("username", required=False)
@click.option("--first-admin", is_flag=True, help="还没有系统管理员时，建一个并邀请。")
@click.option("--port", default=DEFAULT_PORT, show_default=True, envvar="PORT", type=click.IntRange(1, 65535))
def invite(username: str | None, port: int, *, first_admin: bool) -> None:
    """打印一次性邀请链接和二维码，72 小时内有效。"""
    if bool(username) == first_admin:
        raise click.UsageError("请给出用户名，或者只用 --first-admin。")
    with _database() as settings:
        if first_admin and queries.admins():
            click.echo("已经有系统管理员了，没有再建。", err=True)
            return
        person = service.add_first_admin() if first_admin else _user(username or "")
        token = service.invite(person, by=None)
        shown = f"{person.name}（{person.username}）"
    _show(f"{settings.base_url or f'http://127.0.0.1:{port}'}/invite/{token}", shown)


@user.command()
@click.argument("username")
def disable(username: str) -> None:
    """停用一个账号，已登录的设备马上退出。"""
    with _database():
        service.disable_user(_user(username), by=None)
    click.echo(f"已停用 {username}。")


def _show(link: str, whom: str) -> None:
    click.echo(f"{whom} 的邀请链接，只能用一次，72 小时内有效：\n{link}\n")
    qr.print_on_terminal(link)


@contextmanager
def _database() -> Iterator[Settings]:
    """Run the block in one transaction on the configured database."""
    settings = from_env()
    db.connect(settings.database_url)
    try:
        with db.transaction():
            yield settings
    except (OperationalError, ProgrammingError) as error:
        raise click.ClickException("数据库打不开或还没有建好，请先运行 walkthrough db upgrade。") from error


def _user(username: str) -> User:
    found = queries.find_by_username(rules.tidy_username(username))
    if found is None:
        raise NotFound(f"没有用户名是 {username} 的账号。")
    return found


def _unit(name: str) -> Unit:
    found = next((unit for unit in queries.units() if unit.name == name), None)
    if found is None:
        raise NotFound(f"没有名称是“{name}”的单位。")
    return found
