"""Who was there, and the papers that say so."""
