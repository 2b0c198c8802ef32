"""What a funnel earns: the forecast, from its prices and from rates that are rules of thumb."""
