"""From which address a request came."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest


def client_ip(request: HttpRequest) -> str:
    """The asker's address: the socket's, or what the outermost of our own proxies wrote down.

    With n proxies of ours in front (`XIAOBAO_TRUSTED_PROXIES`), the n-th entry from the right of
    X-Forwarded-For is the one they vouch for; what stands left of it may be forged.
    """
    proxies: int = settings.TRUSTED_PROXIES
    if proxies:
        hops = [hop.strip() for hop in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if hop.strip()]
        if len(hops) >= proxies:
            return str(hops[-proxies])
    return str(request.META.get("REMOTE_ADDR", ""))
