"""What an office does with drafts: starts, saves, takes back, publishes."""

from walkthrough_app.authoring.service.drafts import discard, go_back, save, start
from walkthrough_app.authoring.service.publishing import publish

__all__ = ["discard", "go_back", "publish", "save", "start"]
