"""The command line: parses, calls one service, prints. Imports nothing but click at start-up."""
