"""Forms in which people leave their address: at Netlify, at a service, or, in a demonstration, nowhere."""

from __future__ import annotations

from msgspec import structs

from funnelgen.pages.edition import Edition
from funnelgen.pages.views import Form
from funnelgen.site.selling import Form as WithBox
from funnelgen.site.selling import Service


def address_form(
    edition: Edition, service: Service | None, *, leads_to: str, name: str, label: str, note: str, consent: str = ""
) -> Form:
    """A form that asks for an address, and sends it to the service, or else to Netlify as its form `name`.

    It goes on to `leads_to`, which a service decides for itself. `consent` are words beside a box that comes unticked.
    """
    privacy = edition.legal_link("privacy")
    form = Form(action=leads_to, method="post", label=label, note=note, privacy=privacy, consent=consent)
    if edition.mode == "demo":
        # A field without a name is not sent, so that in a demonstration no address travels or is logged.
        return structs.replace(form, method="get")
    if service is None:
        name = name.replace("/", "-")
        return structs.replace(form, name=name, field="email", consent_field="consent", netlify=True)
    box = service.consent if isinstance(service, WithBox) else ""
    return structs.replace(form, action=service.action, field=service.field, consent_field=box)
