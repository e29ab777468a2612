"""Search over items, units and problems: our own tokens of one and two characters, kept by the database's own index."""
