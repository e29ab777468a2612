"""Whose matters a steward sees: the city's office all of them, a county's office those of its own county (S002-12)."""

import uuid
from typing import Any

from sqlalchemy import ColumnElement, or_, true

from walkthrough_app.accounts.models import Unit, User


def county_of(user: User) -> uuid.UUID | None:
    """Return the county whose own office the user sits in; None for the city's office (and for units of the city)."""
    return user.unit.parent_id


def sees(user: User, unit: Unit) -> bool:
    """Tell whether a unit lies in the user's realm: every unit for the city, the county's own for a county."""
    county = county_of(user)
    return county is None or county in {unit.id, unit.parent_id}


def sees_campaign(user: User, campaign: Any) -> bool:
    """Tell whether a `Campaign` lies in the user's realm: every one for the city, the county's own for a county."""
    county = county_of(user)
    return county is None or campaign.county_id == county


def units(user: User, model: Any = Unit) -> ColumnElement[bool]:
    """Return the condition on `Unit` (or an alias of it) that keeps what lies in the user's realm."""
    county = county_of(user)
    return true() if county is None else or_(model.id == county, model.parent_id == county)


def campaigns(user: User, model: Any) -> ColumnElement[bool]:
    """Return the condition on `Campaign` (or an alias) that keeps the user's own: all, or those of the county."""
    county = county_of(user)
    return true() if county is None else model.county_id == county
