"""What is written down beside walking: self-checks, promises, logs, each a kind that the questionnaire names."""
