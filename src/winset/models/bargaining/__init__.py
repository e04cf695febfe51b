"""Which deals are possible over several issues, and which of them the solutions of bargaining theory pick."""
