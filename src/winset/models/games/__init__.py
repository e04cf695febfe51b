"""Small games written out: the independent check of every model here that is a game in disguise."""
