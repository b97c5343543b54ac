"""The WSGI entry that granian serves."""

from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "xiaobao.site.settings")

application = get_wsgi_application()

# After Django is up: this process numbers its journal entries soon after each commit.
from xiaobao.base.audit import sequencer  # noqa: E402

sequencer.start()
