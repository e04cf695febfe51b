"""Packaged codebooks, as TOML beside this file."""
