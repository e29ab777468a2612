"""Evidence pictures: cleaned in a child process, masked, kept by their hash."""
