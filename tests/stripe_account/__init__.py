"""A Stripe to test against: a local server that keeps what it is told, and obeys Stripe's own specification."""
