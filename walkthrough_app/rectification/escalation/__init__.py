"""Escalation: what happens to a problem that is not put right in time, step by step, by rules that are data."""
