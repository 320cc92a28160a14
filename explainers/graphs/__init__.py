"""Models read as graphs of operations, and what goes back through them."""
