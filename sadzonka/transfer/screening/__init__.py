"""Which municipalities a practice could suit: for staff who invite, never a public ranking."""
