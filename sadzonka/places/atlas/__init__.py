"""Public pages of places: browsing, maps, a municipality through time, the catalogue of indicators."""
