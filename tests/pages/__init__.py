"""Tests of what the visitor sees."""
