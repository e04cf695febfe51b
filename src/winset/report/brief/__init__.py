"""The brief: what is known of a case, put into sections that answer an analyst's questions."""
