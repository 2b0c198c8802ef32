"""The funnel as a picture: where each page stands, the ways between them, and how that is drawn or written."""
