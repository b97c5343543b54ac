from django.apps import AppConfig


class EvidenceConfig(AppConfig):
    name = "xiaobao.base.evidence"
    label = "evidence"
    verbose_name = "证据材料"
