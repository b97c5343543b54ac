from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "xiaobao.base.search"
    label = "search"
