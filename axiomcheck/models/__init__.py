"""Models of one's own: loaded, prepared, rewritten, and asked on the data that they are for."""
