"""Until a problem is really gone: ledger, hand-over, sign-in, extension, 回头看, closing, relapse."""
