"""The walk: its log of events, what it adds up to, and the pages it is walked on."""
