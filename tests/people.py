"""The cast: 示例市公安局 and those around it."""

from types import SimpleNamespace

from walkthrough_app.accounts.models import OrgClass, Role, Unit, User
from walkthrough_app.core import db


def enter() -> SimpleNamespace:
    """Put everyone into the database: head, deputy, deputy2, liaison of one unit; stranger, county, party; the office."""
    police = _unit("示例市公安局", OrgClass.CITY_DEPT)
    other = _unit("示例市人力资源和社会保障局", OrgClass.CITY_DEPT)
    county = _unit("示例县", OrgClass.COUNTY)
    party = _unit("示例市委组织部", OrgClass.PARTY_DEPT)
    office = _unit("示例市作风整顿办", OrgClass.OFFICE)
    people = SimpleNamespace(
        head=_person("head", "局长", Role.HEAD, police),
        deputy=_person("deputy", "副局长", Role.DEPUTY, police),
        deputy2=_person("deputy2", "副局长", Role.DEPUTY, police),
        liaison=_person("liaison", "办公室主任", Role.LIAISON, police),
        stranger=_person("stranger", "局长", Role.HEAD, other),
        stranger_liaison=_person("stranger_liaison", "科长", Role.LIAISON, other),
        county=_person("county", "县长", Role.HEAD, county),
        county_liaison=_person("county_liaison", "县作风办主任", Role.LIAISON, county),
        party=_person("party", "部长", Role.HEAD, party),
        style=_person("style", "组长", Role.GROUP_STYLE, office),
        coord=_person("coord", "组长", Role.GROUP_COORD, office),
        office=_person("office", "主任", Role.OFFICE, office),
        admin=_person("admin", "管理员", Role.ADMIN, office),
    )
    db.session.commit()
    return people


def enter_county(county: Unit) -> SimpleNamespace:
    """Put the county's own office and one of its bureaus into the database: office, style, coord, admin; head, liaison."""
    office = _unit("示例县作风整顿办", OrgClass.OFFICE, county)
    bureau = _unit("示例县民政局", OrgClass.CITY_DEPT, county)
    people = SimpleNamespace(
        office=_person("county_office", "主任", Role.OFFICE, office),
        style=_person("county_style", "组长", Role.GROUP_STYLE, office),
        coord=_person("county_coord", "组长", Role.GROUP_COORD, office),
        admin=_person("county_admin", "管理员", Role.ADMIN, office),
        head=_person("bureau", "局长", Role.HEAD, bureau),
        liaison=_person("bureau_liaison", "科长", Role.LIAISON, bureau),
    )
    db.session.commit()
    return people


def unit(name: str, org_class: OrgClass, parent: Unit | None = None) -> Unit:
    made = _unit(name, org_class, parent)
    db.session.flush()
    return made


def person(username: str, post: str, role: Role, of: Unit) -> User:
    made = _person(username, post, role, of)
    db.session.flush()
    return made


# What `enter` makes is written down together, in one statement for all: it is done before nearly every test.


def _unit(name: str, org_class: OrgClass, parent: Unit | None = None) -> Unit:
    made = Unit(name=name, org_class=org_class, parent_id=parent.id if parent else None)
    db.session.add(made)
    return made


def _person(username: str, post: str, role: Role, of: Unit) -> User:
    made = User(username=username, name=f"{username}甲", post=post, role=role, unit=of)
    db.session.add(made)
    return made
