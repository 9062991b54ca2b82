"""Practices: what works where, under which conditions, and how one knows."""
