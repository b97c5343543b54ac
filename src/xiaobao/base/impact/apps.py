from django.apps import AppConfig


class ImpactConfig(AppConfig):
    name = "xiaobao.base.impact"
    label = "impact"
    verbose_name = "变动影响"
