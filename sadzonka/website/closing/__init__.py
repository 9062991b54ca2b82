"""The news that closes a visit, drafted from its goals and numbers."""
