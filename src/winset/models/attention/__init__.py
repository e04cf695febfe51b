"""How attention is divided, from counts."""
