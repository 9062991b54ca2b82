"""Municipal bodies, cooperatives, consortia and their members, universities."""
