"""Changing plans, decisions and adoptions."""
