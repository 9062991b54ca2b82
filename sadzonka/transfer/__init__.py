"""From a practice to a municipality: what is known, what it means, what to find out."""
