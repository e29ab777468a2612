"""A campaign of 明查暗访, and a visit to the police that the style group was sent to."""

from types import SimpleNamespace

import pytest
from flask import Flask

from tests.rectification.conftest import make  # noqa: F401 - a fixture
from tests.visits import stage
from walkthrough_app.campaigns.models import Campaign
from walkthrough_app.media.storage import LocalStore
from walkthrough_app.visits.models import Visit


@pytest.fixture
def store(app: Flask) -> LocalStore:
    found: LocalStore = app.extensions["media_store"]
    return found


@pytest.fixture
def visiting(cast: SimpleNamespace) -> Campaign:
    return stage.campaign("four_strict", cast.office)


@pytest.fixture
def visit(visiting: Campaign, cast: SimpleNamespace) -> Visit:
    """A covert visit to the police, to be made by the style group."""
    return stage.order(visiting, cast.head.unit, cast.style, cast.office)
