"""The pages of screenings, invitation lists, and what a region could use."""
