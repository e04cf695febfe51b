"""How far coders agree: Krippendorff's alpha with an interval."""
