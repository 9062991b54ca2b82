"""Countries, regions and municipalities through time, and the official statistics about them."""
