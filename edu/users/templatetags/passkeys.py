"""Whether passkeys can be used where a page was opened: they belong to a name, never to an IP address."""

import ipaddress
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django import template

register = template.Library()


@dataclass(frozen=True)
class ByAddress:
    """A page opened by the IP address `host`. `localhost` is the same page by a name to which browsers
    allow passkeys, "" where there is none: the address is not of the reader's own machine."""

    host: str
    localhost: str


def by_address(url: str) -> ByAddress | None:
    """Return what stands in the way of passkeys on the page at `url`, None when nothing does."""
    parts = urlsplit(url)
    try:
        found = ipaddress.ip_address(parts.hostname or "")
    except ValueError:
        return None
    port = f":{parts.port}" if parts.port else ""
    local = parts._replace(netloc=f"localhost{port}").geturl() if found.is_loopback else ""
    return ByAddress(str(found), local)


@register.simple_tag(takes_context=True)
def opened_by_address(context: template.Context) -> Any:
    """`by_address` of the page that is drawn."""
    request = context.get("request")
    return by_address(request.build_absolute_uri()) if request else None
