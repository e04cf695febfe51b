"""Power in simple games: who is pivotal, who can block."""
