"""What a funnel does: the events along its path."""
