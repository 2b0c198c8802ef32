"""The path tester."""
