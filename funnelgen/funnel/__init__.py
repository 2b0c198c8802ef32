"""What a site means: the funnel graph, its paths and totals, the manifest."""

from funnelgen.funnel.graph import Button, Edge, Funnel, Node, compile_funnel

__all__ = ["Button", "Edge", "Funnel", "Node", "compile_funnel"]
