"""Lighthouse over every kind of page in every theme."""
