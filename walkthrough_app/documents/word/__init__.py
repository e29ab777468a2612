"""Official papers as Word files, and reading edited ones back: the only door to python-docx."""
