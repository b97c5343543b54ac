"""The smallest site around django-helpdesk: settings, addresses, WSGI, and the loading of our texts.

Runs in the peer's own environment; `helpdesk_site.py COUNT` makes the tables and the tickets.
"""

from __future__ import annotations

import json
import os
import sys
from datetime import timedelta
from itertools import islice
from typing import Any
from urllib.parse import parse_qs, urlsplit

import django
from django.conf import settings
from django.core.wsgi import get_wsgi_application

PASSWORD = "benchpass"
BATCH = 2_000
OPEN_SHARE = 8  # every eighth ticket is open, as with us
_WHERE = urlsplit(os.environ["XB_PEER_URL"])

settings.configure(
    SECRET_KEY="bench-only",
    ALLOWED_HOSTS=["127.0.0.1"],
    ROOT_URLCONF="bench.helpdesk_urls",
    INSTALLED_APPS=[
        *(f"django.contrib.{app}" for app in ("admin", "auth", "contenttypes", "sessions", "messages")),
        *(f"django.contrib.{app}" for app in ("staticfiles", "sites", "humanize")),
        "bootstrap4form",
        "helpdesk",
        "rest_framework",
    ],
    MIDDLEWARE=[
        "django.middleware.security.SecurityMiddleware",
        "django.contrib.sessions.middleware.SessionMiddleware",
        "django.middleware.common.CommonMiddleware",
        "django.middleware.csrf.CsrfViewMiddleware",
        "django.contrib.auth.middleware.AuthenticationMiddleware",
        "django.contrib.messages.middleware.MessageMiddleware",
        "django.middleware.clickjacking.XFrameOptionsMiddleware",
    ],
    TEMPLATES=[
        {
            "BACKEND": "django.template.backends.django.DjangoTemplates",
            "APP_DIRS": True,
            "OPTIONS": {
                "context_processors": [
                    "django.template.context_processors.request",
                    "django.contrib.auth.context_processors.auth",
                    "django.contrib.messages.context_processors.messages",
                ]
            },
        }
    ],
    DATABASES={
        "default": {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": _WHERE.path.lstrip("/"),
            "USER": _WHERE.username,
            "HOST": parse_qs(_WHERE.query)["host"][0],
            "PORT": str(_WHERE.port),
            "CONN_MAX_AGE": 600,
        }
    },
    DEFAULT_AUTO_FIELD="django.db.models.AutoField",
    SITE_ID=1,
    STATIC_URL="/static/",
    USE_TZ=True,
    TIME_ZONE="Asia/Shanghai",
    LOGIN_URL="helpdesk:login",
    HELPDESK_ACTIVATE_API_ENDPOINT=True,
    HELPDESK_TEAMS_MODE_ENABLED=False,
    EMAIL_BACKEND="django.core.mail.backends.dummy.EmailBackend",
)
application = get_wsgi_application()


def load(count: int) -> dict[str, int]:
    """Tickets with titles and texts of the generator, in batches; one opening note each."""
    from django.contrib.auth.models import User
    from django.core.management import call_command
    from django.utils import timezone
    from helpdesk.models import FollowUp, Queue, Ticket

    from bench.texts import texts

    call_command("migrate", verbosity=0)
    admin = User.objects.create_superuser("admin", "a@example.org", PASSWORD)
    queue = Queue.objects.create(slug="complaints", title="complaints", allow_public_submission=True)
    start, source, number = timezone.now() - timedelta(days=30), texts(count), 0
    while batch := list(islice(source, BATCH)):
        tickets = []
        for text in batch:
            number += 1
            at = start + timedelta(seconds=number * 20)
            tickets.append(_ticket(Ticket, text, at, number, {"queue": queue, "assigned_to": admin}))
        made = Ticket.objects.bulk_create(tickets)
        FollowUp.objects.bulk_create(
            FollowUp(ticket=one, date=one.created, title="Opened", comment=one.description[:80], public=True)
            for one in made
        )
    return {
        "open": Ticket.objects.filter(status=Ticket.OPEN_STATUS).count(),
        "first": Ticket.objects.order_by("id").values_list("id", flat=True)[0],
        "queue": queue.pk,
    }


def _ticket(model: Any, text: Any, at: Any, number: int, facts: dict[str, Any]) -> Any:
    return model(
        title=text.title,
        description=text.facts,
        created=at,
        modified=at,
        submitter_email=f"c{number}@example.org",
        status=model.OPEN_STATUS if number % OPEN_SHARE == 0 else model.CLOSED_STATUS,
        priority=3,
        due_date=at + timedelta(days=15),
        secret_key=f"k{number}",
        **facts,
    )


if __name__ == "__main__":
    django.setup()
    print(json.dumps(load(int(sys.argv[1]))))
