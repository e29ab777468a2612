"""The special report: composed from walks, confirmed, frozen, handed in."""
