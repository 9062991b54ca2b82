"""Why an analysis says what it says, and what would change it: changes, what-if, the origin."""
