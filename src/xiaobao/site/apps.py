import os

from django.apps import AppConfig


class SiteConfig(AppConfig):
    name = "xiaobao.site"
    label = "xb_site"

    def ready(self) -> None:
        """Connect the rooms' events to their readers, and put the bank's own stricter rules in place.

        Raises: BookError naming file, entry and rule when `XIAOBAO_OWN_RULES` names a file that cannot stand.
        """
        from xiaobao.rules.book import book
        from xiaobao.rules.own_files import VARIABLE, configured
        from xiaobao.rules.own_standing import stand
        from xiaobao.site import wiring

        wiring.connect()
        if os.environ.get(VARIABLE):
            stand(configured(book()))
