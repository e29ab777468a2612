"""Authoring: an office writes, changes, compares and publishes questionnaires."""
