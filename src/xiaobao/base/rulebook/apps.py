from django.apps import AppConfig


class RulebookConfig(AppConfig):
    name = "xiaobao.base.rulebook"
    label = "rulebook"
    verbose_name = "规则册"
