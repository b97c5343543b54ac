from __future__ import annotations

from django.apps import AppConfig


class ComplaintsConfig(AppConfig):
    name = "xiaobao.duties.complaints"
    label = "complaints"
    verbose_name = "投诉"

    def ready(self) -> None:
        """Register the room's figures and its stored facts, and answer for who sees a complaint's files."""
        from xiaobao.base.evidence import owners
        from xiaobao.duties.complaints.figures import register_figures
        from xiaobao.duties.complaints.selectors.impact import register_impact
        from xiaobao.duties.complaints.selectors.scope import number_seen

        register_figures()
        register_impact()
        owners.register("complaints", number_seen)
