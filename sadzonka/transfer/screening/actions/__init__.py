"""Everything that changes screenings and invitation lists."""
