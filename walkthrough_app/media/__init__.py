"""Evidence: pictures and recordings, cleaned in a child process, masked, kept by their hash."""
