"""Four eyes: which parts of a rule file a second person has approved, bound to what they said then.

A rule, the thresholds, the features and the model are approved one by one. An approval holds the hash of
what was read: whoever changes a rule afterwards has an unapproved rule again.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import msgspec

from xiaobao.engines.fraud.documents import DocumentError, read_document, ruleset_from
from xiaobao.engines.fraud.lifecycle import Command, Stage, same_person, step

_SHOWN = 10


class Approval(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Who wrote and who approved one part, and the hash of what it said; `on` is a day."""

    of: str
    content: str
    author: str
    approved_by: str
    on: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """Something that must be approved: its name in the file and for people, its hash, who wrote it."""

    of: str
    label: str
    content: str
    author: str


@dataclass(frozen=True, slots=True)
class Trained:
    """A model by the hash of its file, and who trained it."""

    hash: str = ""
    author: str = ""


NO_MODEL = Trained()


class ApprovalError(DocumentError):
    """Something may not go live: nobody but its author has approved it as it is now."""


def authors_of(document: Any) -> dict[str, str]:
    """Who wrote each rule: its own `author`, else that of the file."""
    usual = document.get("author", "")
    return {str(entry["id"]): str(entry.get("author", usual)).strip() for entry in document["rules"]}


def parts_of(document: Any, model: str = "") -> list[Part]:
    """All parts of a rule file, and the model of this hash. Raises: DocumentError.

    The place of a rule in the table is no part of what it says.
    """
    rules, features = ruleset_from(document)
    authors, usual = authors_of(document), str(document.get("author", "")).strip()
    found = [
        Part(f"rule:{rule.id}", f"规则 {rule.id}", _hash(replace(rule, order=0)), authors[rule.id])
        for rule in rules.rules
    ]
    if rules.thresholds:
        found.append(Part("thresholds", "分档 thresholds", _hash(rules.thresholds), usual))
    if features is not None and features.windows:
        found.append(Part("features", "窗口特征 features", features.hash, usual))
    if model:
        found.append(Part("model", "模型", model, _approvals(document).get("model", _NONE).author))
    return found


def faults(document: Any, model: str = "") -> Iterator[str]:
    """One sentence for each part that lacks the approval of a second person."""
    given = _approvals(document)
    for part in parts_of(document, model):
        approval = given.get(part.of, _NONE)
        if not part.author and part.of != "model":
            yield f"{part.label} 没有写起草人（author）"
        elif not approval.approved_by.strip() or not approval.author.strip():
            yield f"{part.label} 未经复核"
        elif same_person(approval.approved_by, part.author):
            yield f"{part.label} 的起草人与复核人是同一人（{approval.approved_by}）"
        elif approval.content != part.content or not same_person(approval.author, part.author):
            yield f"{part.label} 在复核之后又改过"


def must_be_approved(path: Path, model: str = "") -> None:
    """Raises: ApprovalError naming what in the file may not go live, and what to do."""
    found = list(faults(read_document(path), model))
    if found:
        more = f"；等共 {len(found)} 处" if len(found) > _SHOWN else ""
        raise ApprovalError(
            f"规则文件 {path.name} 不能上线：{'；'.join(found[:_SHOWN])}{more}。"
            f"请由起草人以外的人核对后运行 xiaobao fraud approve {path.name} --by 复核人姓名"
            + (" --model 模型文件 --author 训练人姓名" if model else "")
            + "；未复核的规则只能用于回测（replay）和影子（--shadow）"
        )


def approve(
    document: Any, by: str, *, on: str = "", model: Trained = NO_MODEL, only: Collection[str] = ()
) -> tuple[dict[str, Any], list[Part]]:
    """The document with the approvals of `by`, and the parts that are newly approved.

    `only` names rules; empty for everything that is not approved yet.
    Raises: DocumentError where nobody wrote it, LifecycleError where `by` did.
    """
    if not by.strip():
        raise DocumentError("请写明复核人姓名（--by）")
    given, done = dict(_approvals(document)), []
    parts = parts_of(document, model.hash)
    unknown = set(only) - {part.of.removeprefix("rule:") for part in parts}
    if unknown:
        raise DocumentError(f"规则文件里没有：{'、'.join(sorted(unknown))}")
    for part in parts:
        writer = model.author.strip() if part.of == "model" else part.author
        if only and part.of.removeprefix("rule:") not in only:
            continue
        fresh = Approval(part.of, part.content, writer, by.strip(), on)
        if given.get(part.of, _NONE).content == part.content and _stands(given[part.of], part):
            continue
        if not writer:
            say = "请用 --author 写明训练人" if part.of == "model" else "没有写起草人（author），请先补上"
            raise DocumentError(f"{part.label}：{say}")
        step(Stage.REVIEW, Command.APPROVE, author=writer, actor=by)
        given[part.of] = fresh
        done.append(part)
    named = {part.of for part in parts} | {"model"}
    kept = [msgspec.to_builtins(one) for one in given.values() if one.of in named]
    return document | {"approvals": kept}, done


def write(path: Path, document: Any) -> None:
    """The document in place of the file, whole or not at all."""
    beside = path.with_name(path.name + ".part")
    beside.write_text(json.dumps(document, ensure_ascii=False, indent=1) + "\n", "utf-8")
    beside.replace(path)


_NONE = Approval("", "", "", "")


def _stands(approval: Approval, part: Part) -> bool:
    return same_person(approval.author, part.author) and not same_person(approval.approved_by, part.author)


def _approvals(document: Any) -> dict[str, Approval]:
    try:
        found = msgspec.convert(document.get("approvals", ()), tuple[Approval, ...])
    except msgspec.ValidationError as wrong:
        raise DocumentError(f"规则文件的 approvals 不能解读：{wrong}") from None
    return {one.of: one for one in found}


def _hash(value: Any) -> str:
    return hashlib.sha256(msgspec.json.encode(value, order="sorted")).hexdigest()
