"""What visitors of the preview did: the events that pages send, kept in memory, and the page that shows them."""

from funnelgen.preview.journeys.book import Book
from funnelgen.preview.journeys.page import journeys_page, new_visitor_page

__all__ = ["Book", "journeys_page", "new_visitor_page"]
