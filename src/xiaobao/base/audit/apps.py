from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "xiaobao.base.audit"
    label = "audit"
