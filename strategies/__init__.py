"""How cases are drawn."""
