from django.apps import AppConfig


class EventsConfig(AppConfig):
    name = "xiaobao.base.events"
    label = "events"
