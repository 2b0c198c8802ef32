"""funnelgen compiles offer funnels: a YAML stack and Markdown copy become static pages that lose no buyer."""

__version__ = "0.1.0"
