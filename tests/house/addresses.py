"""Every address of the site, read from the resolver: nothing is listed by hand."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import URLPattern, URLResolver, get_resolver

ARGUMENT = re.compile(r"<(?:(?P<kind>\w+):)?(?P<name>\w+)>")


@dataclass(frozen=True, slots=True)
class Address:
    """One URL pattern: the joined route, its names, and what it takes."""

    route: str
    name: str
    arguments: tuple[str, ...]

    @property
    def room(self) -> str:
        """The namespace, or the first word of the route."""
        return self.name.rpartition(":")[0].partition(":")[0] or self.route.partition("/")[0]

    def path(self, values: dict[str, object]) -> str:
        """The address with these values in place of its arguments."""
        return "/" + ARGUMENT.sub(lambda found: str(values[found["name"]]), self.route)


def addresses() -> list[Address]:
    """Every pattern of the site, in the resolver's order."""
    return list(_walk(get_resolver(), "", ""))


def _walk(resolver: URLResolver, route: str, space: str) -> Iterator[Address]:
    for entry in resolver.url_patterns:
        here = route + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from _walk(entry, here, f"{space}{entry.namespace}:" if entry.namespace else space)
        elif isinstance(entry, URLPattern):
            name = f"{space}{entry.name or ''}"
            yield Address(here, name, tuple(found["name"] for found in ARGUMENT.finditer(here)))
