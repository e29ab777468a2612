"""Closing a campaign: what is still open, putting it away, and the report of what came of it."""
