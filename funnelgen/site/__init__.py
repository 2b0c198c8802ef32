"""What the creator wrote: reading the site's folder into typed models that know where they stand."""

from funnelgen.site.load import Loaded, SiteNotFound, load_site
from funnelgen.site.models import Site

__all__ = ["Loaded", "Site", "SiteNotFound", "load_site"]
