"""Documents: official papers from HTML, their charts and their phrases. Knows nothing of walks and reports."""
