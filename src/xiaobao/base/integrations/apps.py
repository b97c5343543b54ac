from django.apps import AppConfig


class IntegrationsConfig(AppConfig):
    name = "xiaobao.base.integrations"
    label = "integrations"
    verbose_name = "系统接口"
