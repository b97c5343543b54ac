"""Several people at the same moment, each on a database connection of their own."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

from django.db import connections

from xiaobao.kernel.errors import XiaobaoError

PATIENCE = 60


def at_once(*works: Callable[[], Any]) -> list[Any]:
    """What each work answered, or the refusal it met, in their order; any other error is raised here."""
    gate = threading.Barrier(len(works))
    answers: list[Any] = [TimeoutError("no answer")] * len(works)

    def run(place: int, work: Callable[[], Any]) -> None:
        try:
            gate.wait(PATIENCE)
            answers[place] = work()
        except Exception as error:
            answers[place] = error
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(works)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE)
    for answer in answers:
        if isinstance(answer, Exception) and not isinstance(answer, XiaobaoError):
            raise answer
    return answers


def codes(answers: list[Any]) -> list[str]:
    """The codes of the refusals, and "" for each work that was done; sorted."""
    return sorted(answer.code if isinstance(answer, XiaobaoError) else "" for answer in answers)
