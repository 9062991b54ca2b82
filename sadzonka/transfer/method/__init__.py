"""The method in plain words, with an example that the reader can change."""
