from __future__ import annotations

from django.apps import AppConfig


class ComplaintsConfig(AppConfig):
    name = "xiaobao.duties.complaints"
    label = "complaints"
    verbose_name = "投诉"

    def ready(self) -> None:
        """Register the room's figures."""
        from xiaobao.duties.complaints.figures import register_figures

        register_figures()
