"""A figure as a JSON document, for the console and the API."""

from __future__ import annotations

from typing import Any

from xiaobao.base.figures.models import FigureFreeze
from xiaobao.base.figures.values import FigureView, MemberPage


def figure_document(view: FigureView) -> dict[str, Any]:
    """Plain JSON values; `freeze` and `since_the_freeze` are null while the figure is not frozen."""
    return {
        "figure": view.figure.id,
        "year": view.year,
        "label": view.figure.label,
        "sentence": view.sentence,
        "value": _number(view.value),
        "unit": view.figure.unit,
        "kind": view.figure.kind,
        "definition": view.freeze.definition if view.freeze else view.figure.definition,
        "version": view.freeze.version if view.freeze else view.figure.version,
        "members": view.members.total,
        "masked": view.members.masked,
        "live_value": _number(view.live_value),
        "freeze": _freeze(view.freeze, holds=view.digest_holds) if view.freeze else None,
        "since_the_freeze": _since(view),
    }


def _number(text: str) -> int | str:
    return int(text) if text.lstrip("-").isdigit() else text


def _freeze(freeze: FigureFreeze, *, holds: bool) -> dict[str, Any]:
    return {
        "as_of": freeze.as_of.isoformat(),
        "by": freeze.frozen_by,
        "revision": freeze.revision,
        "digest": freeze.digest,
        "digest_holds": holds,
        "members": freeze.member_count,
    }


def _since(view: FigureView) -> dict[str, Any] | None:
    if view.since is None:
        return None
    return {
        "added": _changed(view.since.added),
        "vanished": _changed(view.since.vanished),
        "definition_changed": view.since.definition_changed,
    }


def _changed(page: MemberPage) -> dict[str, Any]:
    return {"count": page.total, "masked": page.masked, "members": [row.id for row in page.rows]}
