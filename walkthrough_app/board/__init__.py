"""The office's view: progress, the lists behind every figure, the same item side by side, search."""
