"""Themes to look at: every section in every state on one page, and every page in every theme as miniatures."""
