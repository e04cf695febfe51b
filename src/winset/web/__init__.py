"""The workbench: a case read and reviewed in a browser on the same machine."""
