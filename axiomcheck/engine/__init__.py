"""The engine: search, screen, shrink and judge cases; one cell, a hunt, a campaign of many cells."""
