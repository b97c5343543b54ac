"""The WSGI entry that granian serves."""

from __future__ import annotations

import gc
import os

from django.core.wsgi import get_wsgi_application

os.umask(0o077)  # whichever server loads this: files are for its account alone
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "xiaobao.site.settings")

application = get_wsgi_application()

# After Django is up: this process numbers its journal entries soon after each commit.
from xiaobao.base.audit import sequencer  # noqa: E402

sequencer.start()

# What is loaded now stays for good: the collector need not walk it again and again for each page's garbage.
gc.collect()
gc.freeze()
gc.set_threshold(10_000, 20, 50)
