"""Fonts: what a theme says of its own, which letters the pages show, and font files cut down to those."""
