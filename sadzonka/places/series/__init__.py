"""Figures through time: of a place in its present territory, computed ones, and of a whole country."""
