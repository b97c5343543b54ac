"""Policies, partial masks, tokens and the post-check."""

from __future__ import annotations

import pytest
from cryptography.exceptions import InvalidTag
from hypothesis import given
from hypothesis import strategies as st

from xiaobao.engines.pii import Action, KeyRing, Kind, Masker, PolicyError, TokenVault, policy_from
from xiaobao.engines.pii.ciphers import AesGcm, Sm4Gcm
from xiaobao.engines.pii.classes import CLASSES
from xiaobao.engines.pii.partial import partial
from xiaobao.engines.pii.policy import DEFAULT
from xiaobao.engines.pii.tokens import Cipher, UnknownKeyError

TEXT = "客户周文静手机13800001234，密码：abc12345，再说一次13800001234"


def vault(cipher: Cipher | None = None, purpose: str = "export") -> TokenVault:
    ring = KeyRing({"k1": b"1" * 32}, "k1", "k1")
    return TokenVault(ring, purpose, cipher or AesGcm(), lambda size: b"n" * size)


def test_every_kind_has_a_class() -> None:
    assert set(CLASSES) == set(Kind)


def test_partial_by_default_and_secrets_dropped() -> None:
    masked, done = Masker().mask(TEXT)
    assert masked == "客户周**手机138****1234，密码：〔已删除〕，再说一次138****1234"
    assert [action for _, action in done] == [Action.PARTIAL, Action.PARTIAL, Action.DROP, Action.PARTIAL]


def test_same_value_same_token_and_back() -> None:
    kept = vault()
    masked, _ = Masker(purpose="analysis", vault=kept).mask(TEXT)
    first, second = (piece.split("]")[0] for piece in masked.split("[MOBILE:")[1:])
    assert first == second
    assert kept.reveal(f"[MOBILE:{first}]") == "13800001234"


def test_purposes_do_not_link() -> None:
    assert vault(purpose="a").token(Kind.ID, "x1") != vault(purpose="b").token(Kind.ID, "x1")


@pytest.mark.parametrize("cipher", [AesGcm(), Sm4Gcm()])
def test_rotation_keeps_tokens_and_changed_bits_are_refused(cipher: Cipher) -> None:
    kept = vault(cipher)
    token = kept.token(Kind.NAME, "周文静")
    kept.rotate(KeyRing({"k1": b"1" * 32, "k2": b"2" * 32}, "k2", "k1"))
    assert kept.entries[token].startswith("k2.")
    assert kept.reveal(token) == "周文静"
    assert kept.token(Kind.NAME, "周文静") == token
    key_id, nonce, sealed = kept.entries[token].split(".")
    kept.entries[token] = f"{key_id}.{nonce}.{'B' if sealed[0] == 'A' else 'A'}{sealed[1:]}"
    with pytest.raises(InvalidTag):
        kept.reveal(token)


def test_a_lost_key_is_named() -> None:
    kept = vault()
    token = kept.token(Kind.NAME, "周文静")
    kept.ring = KeyRing({"k9": b"9" * 32}, "k9", "k9")
    with pytest.raises(UnknownKeyError, match="k1"):
        kept.reveal(token)


@pytest.mark.parametrize(
    ("rows", "says"),
    [
        ([], "缺少 rows"),
        ([{"of": "C3", "action": "keep"}], "C3 鉴别信息只能 drop"),
        ([{"of": "C9", "action": "keep"}], "不是已知的类别"),
        ([{"of": "ID", "action": "show"}], "action 只能是"),
        (["x"], "不是键值对"),
    ],
)
def test_policies_that_cannot_be_followed(rows: list[object], says: str) -> None:
    with pytest.raises(PolicyError, match=says):
        policy_from({"rows": rows})


def test_no_policy_keeps_a_password() -> None:
    lax = policy_from({"rows": [{"of": "*", "action": "keep"}]})
    assert lax.decide(Kind.PASSWORD) is Action.DROP
    assert lax.decide(Kind.ID) is Action.KEEP


def test_role_and_purpose_pick_the_row() -> None:
    policy = policy_from({"rows": [{"of": "ID", "role": "officer", "purpose": "reply", "action": "keep"}]})
    assert policy.decide(Kind.ID, "officer", "reply") is Action.KEEP
    assert policy.decide(Kind.ID, "handler", "reply") is Action.PARTIAL


def test_default_drops_for_training() -> None:
    assert DEFAULT.decide(Kind.NAME, purpose="training") is Action.DROP


@given(st.sampled_from(sorted(Kind)), st.text(alphabet="0123456789ABx-@ 王市区县小", min_size=1, max_size=30))
def test_partial_keeps_the_length_of_numbers_and_hides_something(kind: Kind, text: str) -> None:
    shown = partial(kind, text)
    if kind not in (Kind.EMAIL, Kind.NAME):
        assert len(shown) == len(text)
    if sum(char.isalnum() for char in text) > 12 and kind is not Kind.EMAIL:
        assert "*" in shown
