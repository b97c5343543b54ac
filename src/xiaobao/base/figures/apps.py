from django.apps import AppConfig


class FiguresConfig(AppConfig):
    name = "xiaobao.base.figures"
    label = "figures"
