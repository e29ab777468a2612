"""Thin work is seen: rules as data, each flag with a sentence and its evidence. Flags never accuse and never block."""
