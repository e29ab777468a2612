"""The scenes of the sample photos, one a module, drawn on one kind of canvas."""
