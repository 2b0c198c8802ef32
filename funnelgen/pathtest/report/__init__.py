"""What a test found, as people and machines read it: a terminal, a page with pictures, JSON, JUnit, GitHub."""
