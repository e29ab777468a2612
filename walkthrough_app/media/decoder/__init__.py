"""Decodes hostile pictures in a child process: imports Pillow and nothing of the product."""
