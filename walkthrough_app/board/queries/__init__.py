"""Reading for the board: whose campaign, what its units come to, and the lists behind each figure."""
