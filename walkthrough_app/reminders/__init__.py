"""Deadlines move people: who owes something is told, on the page, by e-mail, by a group's robot, in a calendar."""
