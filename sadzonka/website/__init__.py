"""Home, news, contact and standing pages."""
