"""The phones' way in: events, files slice by slice; and packages that are brought back by hand."""
