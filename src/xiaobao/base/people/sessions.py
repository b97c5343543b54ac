"""Sessions in the database, read by a statement that stands; everything else is Django's own store."""

from __future__ import annotations

from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.db.models.functions import Now

from xiaobao.base.statements import Given, Statement

_LIVING = Statement(lambda: Session.objects.filter(session_key=Given("key"), expire_date__gt=Now()))


class SessionStore(db.SessionStore):
    """The store named by `SESSION_ENGINE`."""

    @classmethod
    def get_model_class(cls) -> type[Session]:
        """Django's table."""
        return Session

    def _get_session_from_db(self) -> Session | None:
        found = _LIVING.first(key=self.session_key) if self.session_key else None
        if found is None:
            self._session_key = None
        return found
