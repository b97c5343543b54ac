from django.apps import AppConfig


class SiteConfig(AppConfig):
    name = "xiaobao.site"
    label = "xb_site"

    def ready(self) -> None:
        """Connect the rooms' events to their readers."""
        from xiaobao.site import wiring

        wiring.connect()
