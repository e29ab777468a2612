"""Thin work is seen, honest work is left in peace."""
