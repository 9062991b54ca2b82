"""Sadzonka: from what was seen on a study visit to the solution a municipality adopts."""
