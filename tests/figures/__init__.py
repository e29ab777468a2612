"""What lists and boards count."""
