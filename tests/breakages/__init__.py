"""Ways to break a funnel: `written.md` has those in what a creator writes, the modules those in what was built."""
