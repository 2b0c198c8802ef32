"""The preview: a site served from memory while it is being written."""
