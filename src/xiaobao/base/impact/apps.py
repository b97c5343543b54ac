from django.apps import AppConfig


class ImpactConfig(AppConfig):
    name = "xiaobao.base.impact"
    label = "impact"
    verbose_name = "变动影响"

    def ready(self) -> None:
        """An overlay leans on the law its rules cite."""
        from xiaobao.base.impact.cases import overlay_followers
        from xiaobao.base.law.leaning import register_followers

        register_followers(overlay_followers)
