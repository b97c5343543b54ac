"""The backend Django loads by the name of its package."""

from __future__ import annotations

import select

from django.db.backends.postgresql import base


class DatabaseWrapper(base.DatabaseWrapper):
    """A server that went away closes the connection, and a closed one has something to read: its end.

    Only then is the server asked; a connection in order costs a request no statement.
    """

    def is_usable(self) -> bool:
        """Whether the connection may serve the next request."""
        if self.connection is None or self.connection.closed:
            return False
        return not _has_something_to_say(self.connection.fileno()) or super().is_usable()


def _has_something_to_say(handle: int) -> bool:
    watch = select.poll()
    watch.register(handle, select.POLLIN)
    return bool(watch.poll(0))
