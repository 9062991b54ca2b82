"""Files of Polish offices: their codes, cells and headers, and a reader per layout."""
