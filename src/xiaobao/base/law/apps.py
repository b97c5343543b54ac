from django.apps import AppConfig


class LawConfig(AppConfig):
    name = "xiaobao.base.law"
    label = "law"
    verbose_name = "法规库"
