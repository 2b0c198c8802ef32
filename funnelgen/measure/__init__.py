"""What a funnel does and earns: the events along its path, and the forecast from its prices and rules of thumb."""
