"""What visitors meet, checked in a real browser against the manifest."""
