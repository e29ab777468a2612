"""Three places have walked the same item."""

from types import SimpleNamespace

import pytest
from flask import Flask

from tests import desks
from walkthrough_app.campaigns.models import Campaign
from walkthrough_app.media.storage import LocalStore


@pytest.fixture
def store(app: Flask) -> LocalStore:
    found: LocalStore = app.extensions["media_store"]
    return found


@pytest.fixture
def play(cast: SimpleNamespace, campaign: Campaign, store: LocalStore) -> SimpleNamespace:
    return desks.lay(cast, campaign, store)
