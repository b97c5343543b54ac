from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "xiaobao.base.people"
    label = "people"
    verbose_name = "机构与人员"

    def ready(self) -> None:
        """Write logins and refusals into the journal."""
        from xiaobao.base.people import trail

        trail.connect()
