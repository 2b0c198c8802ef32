"""The tests of funnelgen, laid out as the package is."""
