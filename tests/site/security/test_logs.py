from __future__ import annotations

import io
import logging

import pytest

from tests.factories import people as make
from xiaobao.kernel.roles import Role
from xiaobao.site.logs import MaskedFilter

PHONE, ID_NUMBER = "13800001234", "11010119900101001X"


@pytest.fixture
def log():
    out = io.StringIO()
    handler = logging.StreamHandler(out)
    handler.addFilter(MaskedFilter())
    handler.setFormatter(logging.Formatter("%(levelname)s %(message)s"))
    logger = logging.getLogger("test.masked")
    logger.propagate = False
    logger.handlers = [handler]
    return logger, out


def test_numbers_of_persons_are_masked(log):
    logger, out = log
    logger.warning("客户 %s 证件 %s", PHONE, ID_NUMBER)
    assert PHONE not in out.getvalue()
    assert ID_NUMBER not in out.getvalue()
    assert "138****1234" in out.getvalue()


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_forged_line_stays_on_its_own_line(log, end):
    logger, out = log
    logger.warning("查找 %s", f"x{end}ERROR 伪造的一行")
    assert len(out.getvalue().splitlines()) == 1


def test_a_traceback_is_masked_and_every_line_is_marked(log):
    logger, out = log
    try:
        raise ValueError(f"duplicate key {PHONE}\nERROR 伪造的一行")
    except ValueError:
        logger.exception("failed")
    assert PHONE not in out.getvalue()
    assert all(line.startswith((" | ", "ERROR failed", "Traceback")) for line in out.getvalue().splitlines())


@pytest.mark.django_db
def test_a_login_leaves_no_password_in_the_log(client, caplog):
    make.user("chen", make.bank().outlet, Role.HANDLER, password=make.PASSWORD)
    with caplog.at_level(logging.DEBUG):
        client.post("/accounts/login/", {"login": "chen", "password": make.PASSWORD})
        client.post("/accounts/login/", {"login": "chen", "password": "wrong secret words"})
    kept = "\n".join(record.getMessage() for record in caplog.records if record.name != "django.db.backends")
    assert make.PASSWORD not in kept
    assert "wrong secret words" not in kept
