from django.apps import AppConfig


class ComplaintsConfig(AppConfig):
    name = "xiaobao.duties.complaints"
    label = "complaints"
    verbose_name = "投诉"
