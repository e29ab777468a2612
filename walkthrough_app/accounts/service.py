"""Use cases of accounts: units and people, signing in and out, invitations."""

import uuid
from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import ColumnElement, delete, update
from sqlalchemy.exc import IntegrityError

from walkthrough_app.accounts import passwords, queries, rules, signin, tokens
from walkthrough_app.accounts.lifetimes import lifetime
from walkthrough_app.accounts.models import Invitation, InvitationSheet, OrgClass, Role, Unit, User, UserSession
from walkthrough_app.core import audit, clock, db
from walkthrough_app.core.errors import Conflict, Forbidden, Invalid, NotFound

INVITATION = timedelta(hours=72)
SHEET_MADE = "这一页邀请已经生成过，二维码只显示一次。没有打印的话，请回到“邀请”重新生成，旧的会作废。"
LAST_ADMIN = "至少要留一个系统管理员，请先添加另一个。"
FIRST_UNIT = "市作风整顿办"
FIRST_ADMIN = "admin"


def add_unit(*, name: str, org_class: OrgClass, parent: Unit | None = None, by: User | None) -> Unit:
    """Add a unit to the city, or below a county. Raises Invalid beside the wrong field."""
    rules.check_place(parent, by)
    unit = Unit(name=name, org_class=org_class, parent_id=parent.id if parent else None)
    _insert(unit, "name", "已经有这个名称的单位了。")
    audit.record("unit.added", unit, by=by, name=name, org_class=org_class.value)
    return unit


def add_user(  # noqa: PLR0913 - all by keyword
    *, username: str, name: str, post: str, role: Role, unit: Unit, by: User | None
) -> User:
    """Add a person without a password; `invite` lets them set one. Raises Invalid beside the wrong field."""
    username = rules.tidy_username(username)
    rules.check_username(username)
    rules.check_post(role, unit)
    user = User(username=username, name=name, post=post, role=role, unit=unit)
    _insert(user, "username", "这个用户名已经有人用了。")
    audit.record("account.added", user, by=by, username=username, role=role.value, unit=unit.name)
    return user


def change_user(  # noqa: PLR0913 - all by keyword
    user: User, *, name: str, post: str, role: Role, unit: Unit, by: User | None
) -> None:
    """Change a person's post; a new role or unit ends their sessions, since other pages are theirs now."""
    rules.check_post(role, unit, but=user)
    if role is not user.role and rules.is_last_admin(user):
        raise Invalid("role", LAST_ADMIN)
    if (role, unit.id) != (user.role, user.unit_id):
        _revoke(user)
    user.name, user.post, user.role, user.unit = name, post, role, unit
    audit.record("account.changed", user, by=by, post=post, role=role.value, unit=unit.name)
    db.session.flush()


def set_email(user: User, email: str, *, by: User | None) -> None:
    """Set where reminders go, or nowhere; Invalid beside `email`."""
    rules.check_email(email)
    if (user.email or "") != email:
        user.email = email or None
        audit.record("account.email_set", user, by=by)
        db.session.flush()


def disable_user(user: User, *, by: User | None) -> None:
    """Shut the account at once: every session and every open invitation ends."""
    if by is user:
        raise Forbidden("不能停用自己的账号。")
    if rules.is_last_admin(user):
        raise Conflict(LAST_ADMIN)
    user.is_active = False
    _revoke(user)
    _spend(Invitation.user_id == user.id)
    audit.record("account.disabled", user, by=by)
    db.session.flush()


def enable_user(user: User, *, by: User | None) -> None:
    rules.check_post(user.role, user.unit, but=user)
    user.is_active, user.failures, user.locked_until = True, 0, None
    audit.record("account.enabled", user, by=by)
    db.session.flush()


def add_first_admin() -> User:
    """Make the office's unit and its first administrator; Conflict when somebody administers already."""
    if queries.admins():
        raise Conflict("已经有系统管理员了。")
    offices = (unit for unit in queries.units() if unit.org_class is OrgClass.OFFICE and unit.parent_id is None)
    unit = next(offices, None)
    unit = unit or add_unit(name=FIRST_UNIT, org_class=OrgClass.OFFICE, by=None)
    return add_user(username=FIRST_ADMIN, name="系统管理员", post="系统管理员", role=Role.ADMIN, unit=unit, by=None)


def sign_in(username: str, password: str, *, device: str, old_token: str = "") -> str:
    """Return a fresh session's token; see signin.check for what is raised. The old token dies."""
    user = signin.check(rules.tidy_username(username), password)
    sign_out(old_token)
    audit.record("account.signed_in", user, by=user)
    return open_session(user, device)


def open_session(user: User, device: str) -> str:
    """Sign the user in on a device without asking; return the token, which is kept nowhere."""
    token, now = tokens.new(), clock.now()
    db.session.execute(delete(UserSession).where(UserSession.user_id == user.id, UserSession.expires_at <= now))
    entry = UserSession(
        token_hash=tokens.digest(token),
        user_id=user.id,
        seen_at=now,
        expires_at=now + lifetime(user.role).absolute,
        device=device[:200],
    )
    db.session.add(entry)
    db.session.flush()
    return token


def refresh_session(session_id: uuid.UUID) -> None:
    """Note that the device was used just now."""
    db.session.execute(update(UserSession).where(UserSession.id == session_id).values(seen_at=clock.now()))


def sign_out(token: str) -> None:
    """End the session that holds the token, if there is one."""
    entry = queries.live_session(token)
    if entry:
        audit.record("account.signed_out", entry.user, by=entry.user)
        db.session.delete(entry)
        db.session.flush()


def sign_out_device(user: User, session_id: uuid.UUID) -> None:
    device = db.session.get(UserSession, session_id)
    if device is None or device.user_id != user.id:
        raise NotFound
    db.session.delete(device)
    user.tokens_from = clock.now()  # the device may be lost: what it could send with dies too
    audit.record("account.signed_out_device", user, by=user)
    db.session.flush()


def sign_out_others(user: User, token: str) -> None:
    """Sign the user out everywhere but where the token is."""
    _revoke(user, but=token)
    audit.record("account.signed_out_others", user, by=user)
    db.session.flush()


def change_password(user: User, current: str, new: str, *, token: str) -> None:
    """Set a new password and sign out every other device; a wrong current one counts like a failed sign-in."""
    signin.check(user.username, current, field="current", message="现在的密码不对。")
    passwords.check_new(new, user.username)
    user.password_hash = passwords.hash_of(new)
    _revoke(user, but=token)
    audit.record("account.password_changed", user, by=user)
    db.session.flush()


def invite(user: User, *, by: User | None) -> str:
    """Return the token of a new one-time invitation, good for 72 hours; older ones of the user die."""
    if not user.is_active:
        raise Conflict("这个账号已停用，请先启用再邀请。")
    _spend(Invitation.user_id == user.id)
    token = tokens.new()
    invitation = Invitation(
        token_hash=tokens.digest(token),
        user_id=user.id,
        invited_by_id=by.id if by else None,
        expires_at=clock.now() + INVITATION,
    )
    db.session.add(invitation)
    audit.record("account.invited", user, by=by)
    db.session.flush()
    return token


def invite_many(users: Sequence[User], *, sheet: uuid.UUID, by: User) -> list[tuple[User, str]]:
    """Return each person with the token of a fresh invitation; Conflict when this sheet was made before.

    `sheet` is the id the page carried: sending the page again must not kill the codes that are printed already.
    """
    made = InvitationSheet(id=sheet, made_by_id=by.id, people=len(users))
    try:
        with db.session.begin_nested():
            db.session.add(made)
    except IntegrityError as error:
        raise Conflict(SHEET_MADE) from error
    audit.record("account.invited_many", made, by=by, usernames=[user.username for user in users])
    return [(user, invite(user, by=by)) for user in users]


def accept_invitation(token: str, password: str) -> User:
    """Set the password of the invited person, once; their other sessions end. Raises NotFound or Invalid."""
    invitation = queries.open_invitation(token)
    user = invitation.user
    passwords.check_new(password, user.username)
    hashed = passwords.hash_of(password)
    if not _spend(Invitation.id == invitation.id):
        raise NotFound(queries.SPENT)
    user.password_hash, user.failures, user.locked_until = hashed, 0, None
    _revoke(user)
    audit.record("account.invitation_accepted", user, by=user)
    db.session.flush()
    return user


def _spend(which: ColumnElement[bool]) -> int:
    """Close open invitations and count them: of two requests at the same moment one gets 0."""
    open_ones = update(Invitation).where(which, Invitation.used_at.is_(None))
    return db.session.connection().execute(open_ones.values(used_at=clock.now())).rowcount


def _revoke(user: User, *, but: str = "") -> None:
    user.tokens_from = clock.now()
    others = UserSession.token_hash != tokens.digest(but)
    db.session.execute(delete(UserSession).where(UserSession.user_id == user.id, others))


def _insert(row: db.Row, field: str, message: str) -> None:
    """Add a row whose one unique column is `field`; Invalid(field) when its value is taken."""
    try:
        with db.session.begin_nested():
            db.session.add(row)
    except IntegrityError as error:
        raise Invalid(field, message) from error
