"""Charts drawn as SVG text, from arrays and labels; one grammar for all."""
