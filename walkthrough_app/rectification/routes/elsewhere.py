"""Addresses of pages that other parts of the application may have."""

from typing import Any

from flask import current_app, url_for


def page(endpoint: str, **values: Any) -> str:
    """Return the address of a page, '' where there is none."""
    return url_for(endpoint, **values) if endpoint in current_app.view_functions else ""
