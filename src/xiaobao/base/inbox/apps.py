from django.apps import AppConfig


class InboxConfig(AppConfig):
    name = "xiaobao.base.inbox"
    label = "inbox"
    verbose_name = "待办与消息"
