"""Who must consent: win-sets of ratifiers, what passes all chambers, and with what probability."""
