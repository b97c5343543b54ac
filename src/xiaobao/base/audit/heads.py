"""A signed head as a document that can be handed out, printed and checked by anybody."""

from __future__ import annotations

from typing import Any

from xiaobao.base.audit.body import moment
from xiaobao.base.audit.models import TreeHead
from xiaobao.base.audit.signing import HEAD_FORMAT, head_text, key_id_of, signature_holds
from xiaobao.engines.ledger import Tree


def head_document(head: TreeHead) -> dict[str, Any]:
    """The head as plain JSON values, as `verifier.py --head` reads it."""
    return {
        "format": HEAD_FORMAT,
        "size": head.size,
        "root": head.root,
        "at": moment(head.at),
        "key_id": head.key_id,
        "public_key": head.public_key,
        "signature": head.signature,
        "peaks": list(head.peaks),
    }


def head_holds(head: TreeHead, trusted: frozenset[str]) -> bool:
    """Whether the head is signed by a trusted key and its peaks give its root."""
    text = head_text(head.size, head.root, moment(head.at), head.key_id)
    return (
        head.public_key in trusted
        and head.key_id == key_id_of(bytes.fromhex(head.public_key))
        and signature_holds(head.public_key, text, head.signature)
        and _peaks_give_root(head)
    )


def head_tree(head: TreeHead) -> Tree:
    """The tree as it stood at the head. Raises: ValueError when the peaks do not fit the size."""
    return Tree(head.size, tuple(bytes.fromhex(peak) for peak in head.peaks))


def _peaks_give_root(head: TreeHead) -> bool:
    try:
        return head_tree(head).root.hex() == head.root
    except (ValueError, TypeError):
        return False
