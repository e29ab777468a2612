"""走流程: walk a public service yourself, hand in the special report, press until it is fixed."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask

    from walkthrough_app.config import Settings


def create_app(settings: "Settings | None" = None) -> "Flask":
    """Build the application. The parts are imported here, so that commands without a server start quickly."""
    from walkthrough_app.wiring import build

    return build(settings)
