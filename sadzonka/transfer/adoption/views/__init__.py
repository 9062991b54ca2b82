"""Pages of plans, decisions and adoptions."""
