"""The lane's desk: a report beside its timeline, comments on a place, versions compared, the unit's answers."""
