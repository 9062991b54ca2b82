"""Questions to hosts: asked by visitors, passed on by staff, answered through a signed link."""
