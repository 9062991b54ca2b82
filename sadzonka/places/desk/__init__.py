"""Where staff read official files into places and statistics, and see what is covered and what is stale."""
