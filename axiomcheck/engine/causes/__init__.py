"""Causes: what tells one failure of an explainer from another, and searches in which known ones do not count."""
