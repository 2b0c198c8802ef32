"""The preview: a site built in memory, page by page as it is asked for, served, and shown anew after every save."""
