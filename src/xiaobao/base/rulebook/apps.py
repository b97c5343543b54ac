from django.apps import AppConfig


class RulebookConfig(AppConfig):
    name = "xiaobao.base.rulebook"
    label = "rulebook"
    verbose_name = "规则册"

    def ready(self) -> None:
        """What uses a rule leans on the law the rule cites."""
        from xiaobao.base.law.leaning import register_followers
        from xiaobao.base.rulebook.uses import followers

        register_followers(followers)
