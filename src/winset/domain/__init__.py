"""What negotiators talk about: frozen values, checked when made; standard library only."""
