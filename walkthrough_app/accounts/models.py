"""Who there is: units with their class, people with a post, their sessions and invitations."""

import uuid
from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from walkthrough_app.core import db


class OrgClass(StrEnum):
    """The class of a unit; it fixes the lane (S002-72, S002-73)."""

    CITY_DEPT = "city_dept"
    COUNTY = "county"
    PARTY_DEPT = "party_dept"
    MASS_ORG = "mass_org"
    OFFICE = "office"

    @property
    def label(self) -> str:
        return ORG_CLASS_LABELS[self]

    @property
    def lane(self) -> "Lane | None":
        if self is OrgClass.OFFICE:
            return None
        return Lane.COORD if self is OrgClass.COUNTY else Lane.STYLE

    @property
    def lists_first(self) -> bool:
        """Party departments and mass organisations list their items before they plan (S002-11)."""
        return self in {OrgClass.PARTY_DEPT, OrgClass.MASS_ORG}


class Lane(StrEnum):
    """The two receiving groups."""

    STYLE = "style"
    COORD = "coord"

    @property
    def label(self) -> str:
        return "作风评议组" if self is Lane.STYLE else "综合协调组"


class Role(StrEnum):
    HEAD = "head"
    DEPUTY = "deputy"
    LIAISON = "liaison"
    GROUP_STYLE = "group_style"
    GROUP_COORD = "group_coord"
    OFFICE = "office"
    ADMIN = "admin"

    @property
    def label(self) -> str:
        return ROLE_LABELS[self]

    @property
    def lane(self) -> Lane | None:
        return {Role.GROUP_STYLE: Lane.STYLE, Role.GROUP_COORD: Lane.COORD}.get(self)


ORG_CLASS_LABELS = {
    OrgClass.CITY_DEPT: "市直部门",
    OrgClass.COUNTY: "县（市）区",
    OrgClass.PARTY_DEPT: "党委部门",
    OrgClass.MASS_ORG: "群团组织",
    OrgClass.OFFICE: "作风整顿办",
}
# What the classes are called below a county.
COUNTY_CLASS_LABELS = {
    OrgClass.CITY_DEPT: "县直部门",
    OrgClass.COUNTY: "乡镇（街道）",
    OrgClass.PARTY_DEPT: "县委部门",
    OrgClass.MASS_ORG: "县群团组织",
    OrgClass.OFFICE: "县作风整顿办",
}
ROLE_LABELS = {
    Role.HEAD: "一把手",
    Role.DEPUTY: "分管领导",
    Role.LIAISON: "联络员",
    Role.GROUP_STYLE: "作风评议组",
    Role.GROUP_COORD: "综合协调组",
    Role.OFFICE: "作风整顿办",
    Role.ADMIN: "系统管理员",
}
UNIT_ROLES = frozenset({Role.HEAD, Role.DEPUTY, Role.LIAISON})
WALKER_ROLES = frozenset({Role.HEAD, Role.DEPUTY})


class Unit(db.Row):
    __tablename__ = "unit"

    name: Mapped[str] = mapped_column(unique=True)
    org_class: Mapped[OrgClass]
    parent_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("unit.id"))

    @property
    def lane(self) -> Lane | None:
        return self.org_class.lane

    @property
    def class_label(self) -> str:
        """Name the class as it is called where the unit stands: in the city, or in a county."""
        return self.org_class.label if self.parent_id is None else COUNTY_CLASS_LABELS[self.org_class]


class User(db.Row):
    __tablename__ = "user_account"

    username: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str] = mapped_column(comment="shown inside only, never in papers")
    post: Mapped[str] = mapped_column(comment="e.g. 局长, printed in papers by class only")
    role: Mapped[Role]
    unit_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("unit.id"), index=True)
    password_hash: Mapped[str | None]
    is_active: Mapped[bool] = mapped_column(default=True)
    failures: Mapped[int] = mapped_column(default=0, comment="wrong passwords since the last good one")
    locked_until: Mapped[datetime | None]
    tokens_from: Mapped[datetime | None] = mapped_column(comment="what phones may send with was issued after this")
    email: Mapped[str | None] = mapped_column(comment="where reminders go")

    unit: Mapped[Unit] = relationship(lazy="joined", innerjoin=True)

    @property
    def has_signed_in(self) -> bool:
        """Tell whether the person has accepted an invitation once, and so has a password."""
        return self.password_hash is not None


class UserSession(db.Row):
    """One signed-in device; only the hash of its token is kept."""

    __tablename__ = "user_session"

    token_hash: Mapped[str] = mapped_column(unique=True)
    user_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("user_account.id"), index=True)
    seen_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    device: Mapped[str] = mapped_column(comment="the browser's own name, cut to 200 characters")

    user: Mapped[User] = relationship(lazy="joined", innerjoin=True)


class Invitation(db.Row):
    """A one-time link by which a person sets the password and signs in."""

    __tablename__ = "invitation"

    token_hash: Mapped[str] = mapped_column(unique=True)
    user_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("user_account.id"), index=True)
    invited_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("user_account.id"))
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]

    user: Mapped[User] = relationship(foreign_keys=[user_id], lazy="joined", innerjoin=True)


class InvitationSheet(db.Row):
    """Many invitations printed at once; its id comes from the form, so that one click makes one sheet."""

    __tablename__ = "invitation_sheet"

    made_by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("user_account.id"))
    people: Mapped[int]
