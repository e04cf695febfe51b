"""Document + Annotation -> statements -> positions. Pure; raises nothing: doubt becomes data."""
