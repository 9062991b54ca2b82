"""How the anticipated classes turned out, and what delivered practices had in common."""
