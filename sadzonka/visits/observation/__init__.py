"""Sheets, debriefs, and the agreed text."""
