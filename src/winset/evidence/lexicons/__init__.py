"""Word lists, as TOML beside this file; every entry with an example sentence."""
