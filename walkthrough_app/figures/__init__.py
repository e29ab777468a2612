"""What lists and boards count: one row a walk, a step, a finding, a unit; written with the events, never by hand."""
