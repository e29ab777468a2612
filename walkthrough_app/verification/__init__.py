"""Verification: what a report's PDF proves, and what this server knows about it."""
