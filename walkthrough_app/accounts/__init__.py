"""Accounts: units, people and their roles, sign-in, invitations; every page's guard."""
