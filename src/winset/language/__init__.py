"""The only room that knows a language model or an NLP library."""
