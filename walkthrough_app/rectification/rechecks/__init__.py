"""回头看: the very step is walked again, by somebody who did not do the work; what is drawn, and what came back."""
