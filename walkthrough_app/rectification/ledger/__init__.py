"""What the pages of the ledger are made of: filters, rows and words, deeds for many findings at once."""
