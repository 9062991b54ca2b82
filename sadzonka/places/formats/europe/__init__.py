"""Files of Istat and Eurostat: their codes and flags, and a reader per layout."""
