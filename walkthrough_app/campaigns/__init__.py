"""Campaigns: the basis and its deadlines, the catalogue of items, the plan and the delegation rule."""
