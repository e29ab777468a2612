"""What other pages offer beside a finding, or for several ticked in the ledger: each feature adds its own entries.

A finding's offer is opened as `endpoint?finding=<id>`, one of the ledger as `endpoint?finding=<id>&finding=<id>…`.
"""

from dataclasses import dataclass
from typing import Literal

from walkthrough_app.accounts.models import Role, User
from walkthrough_app.rectification.machine import State

Place = Literal["finding", "ledger_bulk"]


@dataclass(frozen=True)
class Offer:
    """A page somebody may want to open next; `states` None: whatever the state."""

    label: str
    endpoint: str
    roles: frozenset[Role]
    states: frozenset[State] | None = None


_offers: dict[str, list[Offer]] = {}


def add(place: Place, offer: Offer) -> None:
    known = _offers.setdefault(place, [])
    if offer not in known:
        known.append(offer)


def at(place: Place, user: User, state: State | None = None) -> list[Offer]:
    """Return what is offered to the user, in the order in which it was added; without a state, whatever the state."""
    return [
        offer
        for offer in _offers.get(place, [])
        if user.role in offer.roles and (state is None or offer.states is None or state in offer.states)
    ]
