"""From the name of an explainer to a callable."""
