"""Extracts the demo's places and statistics from the official files: `python -m demo.extract`."""
