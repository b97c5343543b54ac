from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "xiaobao.base.search"
    label = "search"
    verbose_name = "检索"
