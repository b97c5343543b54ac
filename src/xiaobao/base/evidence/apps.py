from django.apps import AppConfig


class EvidenceConfig(AppConfig):
    name = "xiaobao.base.evidence"
    label = "evidence"
