"""Which event of which room wakes which service of another: the whole list, in one place.

A handler takes the event's plain values and its key; it must be idempotent, because an
event may be delivered more than once. A room's handlers are added here in one line:

    "complaints.Received": (inbox_handlers.received, search_handlers.received),
"""

from __future__ import annotations

from xiaobao.base.events.registry import Handler


def handlers() -> dict[str, tuple[Handler, ...]]:
    """Event name -> handlers. Imported late, when every room is loaded."""
    from xiaobao.base.impact import services as impact
    from xiaobao.duties.complaints.domain.events import NAMES
    from xiaobao.duties.complaints.domain.values import Command
    from xiaobao.site import reminders, unit_moves

    quiet = {Command.INVESTIGATE, Command.CODE, Command.REPORT}
    table: dict[str, tuple[Handler, ...]] = {
        f"complaints.{name}": (reminders.complaint_moved,)
        for command, name in NAMES.items()
        if command not in quiet
    }
    extra: dict[str, tuple[Handler, ...]] = {
        "complaints.Assigned": (reminders.ping_pong,),
        "complaints.Referred": (reminders.referred,),
        "complaints.ExtensionAsked": (reminders.extension_asked,),
        "complaints.ExtensionGranted": (reminders.extension_asked, reminders.extension_granted),
        "complaints.ExtensionDenied": (reminders.extension_asked,),
        "complaints.ExtensionTold": (reminders.extension_told,),
        "complaints.MajorFound": (reminders.major_found,),
        "complaints.Closed": (reminders.finished,),
        "complaints.Withdrawn": (reminders.finished,),
        "complaints.Declined": (reminders.finished,),
        "complaints.Transferred": (reminders.finished,),
        "complaints.Merged": (reminders.finished,),
        "people.OrgMoved": (unit_moves.complaints_follow,),
        "law.Replaced": (impact.law_replaced,),
    }
    for name, more in extra.items():
        table[name] = (*table.get(name, ()), *more)
    return table


def connect() -> None:
    """Hand the table to the outbox."""
    from xiaobao.base.events import registry

    registry.connect(handlers())
