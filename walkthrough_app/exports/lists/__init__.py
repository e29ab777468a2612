"""The lists of the features below: walks, problems, the ledger, steps, units, items and reports."""

from walkthrough_app.exports import registry
from walkthrough_app.exports.lists import items, ledger, problems, reports, steps, units, walks


def connect() -> None:
    for one in (walks, problems, ledger, steps, units, reports, items):
        registry.register(one.LISTING)
