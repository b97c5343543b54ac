from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "xiaobao.base.people"
    label = "people"
    verbose_name = "机构与人员"
