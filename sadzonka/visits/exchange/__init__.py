"""What people say about a visit, and the newest threads about everything that has a page."""
