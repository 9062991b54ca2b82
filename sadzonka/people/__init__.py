"""Accounts, roles and ways to sign in."""
