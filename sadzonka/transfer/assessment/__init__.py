"""How a municipality's people assess a practice together."""
