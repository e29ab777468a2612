"""Questionnaires: versioned documents of steps, questions and rules."""
