"""Two practices side by side for one municipality, and where each stands among all of them."""
