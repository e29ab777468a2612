"""Keeping an installation: the daily tidying, backups, and moving to another database and store."""
