from __future__ import annotations

import base64
import stat

import pytest

from xiaobao.base.people import vault
from xiaobao.kernel import ports
from xiaobao.kernel.errors import NotConfigured

PHONE = "13800001234"


@pytest.fixture(autouse=True)
def own_keys(settings, tmp_path):
    settings.VAR = tmp_path
    vault.forget()
    yield
    vault.forget()


def test_what_is_sealed_opens_again():
    assert vault.open_sealed(vault.seal("王小敏")) == "王小敏"


def test_two_seals_of_one_text_differ_and_hide_it():
    first, second = vault.seal(PHONE), vault.seal(PHONE)
    assert first != second
    assert PHONE not in first


def test_a_repeated_run_never_repeats_a_nonce_over_another_text():
    start = ports.now()
    with ports.use(ports.seeded(7, start)):
        first = vault.seal(PHONE)
    with ports.use(ports.seeded(7, start)):
        second = vault.seal("13900005678")
    nonces = {base64.b64decode(text.split(":")[2])[: vault.NONCE_BYTES] for text in (first, second)}
    assert len(nonces) == 2


def test_keys_never_come_from_a_repeatable_run(settings, tmp_path):
    kept = []
    for name in ("a", "b"):
        settings.VAR = tmp_path / name
        settings.VAR.mkdir()
        vault.forget()
        with ports.use(ports.seeded(7, ports.now())):
            vault.seal(PHONE)
        kept.append(vault.key_file().read_text())
    assert kept[0] != kept[1]


def test_nothing_stays_nothing():
    assert (vault.seal(""), vault.open_sealed(""), vault.blind_index("")) == ("", "", "")


@pytest.mark.parametrize("place", [-1, -20, 8])
def test_one_altered_character_is_noticed(place):
    sealed = vault.seal(PHONE)
    other = "A" if sealed[place] != "A" else "B"
    altered = sealed[:place] + other + (sealed[place + 1 :] if place != -1 else "")
    with pytest.raises(NotConfigured) as caught:
        vault.open_sealed(altered)
    assert caught.value.code == "people.vault.unreadable"


def test_a_seal_moved_under_another_key_id_is_noticed():
    vault.seal(PHONE)
    vault.rotate()
    with pytest.raises(NotConfigured):
        vault.open_sealed(vault.seal(PHONE).replace(":k2:", ":k1:"))


def test_rotation_keeps_old_seals_readable_and_moves_them():
    old = vault.seal(PHONE)
    assert vault.rotate() == "k2"
    moved = vault.reseal(old)
    assert (vault.key_id_of(old), vault.key_id_of(moved)) == ("k1", "k2")
    assert vault.open_sealed(old) == vault.open_sealed(moved) == PHONE
    assert vault.reseal(moved) == moved


def test_look_up_survives_rotation():
    before = vault.blind_index(PHONE)
    vault.rotate()
    assert vault.blind_index(PHONE) == before
    assert vault.blind_index("13800001235") != before


def test_a_lost_key_file_is_told_not_guessed():
    sealed = vault.seal(PHONE)
    vault.rotate()
    newer = vault.seal(PHONE)
    vault.key_file().unlink()
    vault.forget()
    for text in (sealed, newer):
        with pytest.raises(NotConfigured):
            vault.open_sealed(text)


def test_only_the_owner_reads_the_keys():
    vault.seal(PHONE)
    assert stat.S_IMODE(vault.key_file().stat().st_mode) == 0o600
