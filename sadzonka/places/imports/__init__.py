"""Importing what a reader found: compared with what is stored, shown, and written in one go."""
