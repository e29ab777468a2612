"""Decodes hostile files in a child process: imports Pillow and PyAV, and nothing of the product."""
