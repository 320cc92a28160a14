"""The page of a certificate: what stands in it, made ready for its templates."""
