"""What visitors of the preview did: the events that pages send, kept in memory, and the page that shows them."""
