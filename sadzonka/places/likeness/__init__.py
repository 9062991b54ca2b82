"""Which municipalities are most alike by public statistics, why, and where they differ."""
