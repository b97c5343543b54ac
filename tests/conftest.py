"""The tests' ground: a folder of their own, a fast password hash, a database, a browser."""

from __future__ import annotations

import atexit
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests import postgres
from tests.groups import IN_CI, SHARED, absent

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

PURE = ("tests/kernel", "tests/rules", "tests/engines")
GROUPS = ("real", "browser", "postgres")
WORKER = os.environ.get("PYTEST_XDIST_WORKER", "")


def _own_folder() -> Path:
    """The run's folder, shared by its workers; the process that made it removes it."""
    if not WORKER:
        os.environ["XB_TEST_RUN"] = tempfile.mkdtemp(prefix="xb-test-")
        atexit.register(shutil.rmtree, os.environ["XB_TEST_RUN"], ignore_errors=True)
    return Path(os.environ["XB_TEST_RUN"])


RUN = _own_folder()
VAR = RUN / (WORKER or "main")
os.environ["XIAOBAO_VAR"] = str(VAR)
os.environ["DJANGO_SETTINGS_MODULE"] = "xiaobao.site.settings"


def pytest_configure(config: pytest.Config) -> None:
    """Start Django on the tests' folder, unless only the pure floors are asked for."""
    if config.args and all(argument.startswith(PURE) for argument in config.args):
        return
    import django
    from django.conf import settings

    # A test never guards a secret, so it need not wait for argon2.
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    database = settings.DATABASES["default"]
    if database["ENGINE"].endswith("sqlite3"):
        # Added to, never replaced: Django may have put its defaults there already.
        database.setdefault("TEST", {})["NAME"] = str(VAR / "test.sqlite3")
    database["CONN_MAX_AGE"] = 0
    django.setup()

    from django.test import TransactionTestCase

    from tests import snapshots

    TransactionTestCase._fixture_teardown = lambda self: snapshots.put_back()  # type: ignore[method-assign]


def pytest_xdist_setupnodes() -> None:
    """Workers start without the settings' name: each must first point them at its own folder."""
    os.environ.pop("DJANGO_SETTINGS_MODULE", None)


def pytest_unconfigure() -> None:
    """Stop the cluster that some worker started."""
    note = RUN / "cluster"
    if not WORKER and note.exists():
        postgres.read_note(note).stop()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """On the second pass (PostgreSQL) keep only what touches the database, once."""
    if os.environ.get("XB_DATABASE_PASS") != "1":
        return
    kept = [item for item in items if _touches_database(item)]
    config.hook.pytest_deselected(items=[item for item in items if item not in set(kept)])
    items[:] = kept


def _touches_database(item: pytest.Item) -> bool:
    names = set(getattr(item, "fixturenames", ()))
    if "browser" in item.keywords or "pg" in names:
        return False
    return "django_db" in item.keywords or bool({"db", "transactional_db"} & names)


def pytest_runtest_setup(item: pytest.Item) -> None:
    """A group whose tool is absent is skipped with one line; under CI that is a failure."""
    for group in GROUPS:
        if group in item.keywords and (lack := absent(group)):
            pytest.skip(lack)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: Any) -> Iterator[None]:
    """Under CI nothing may skip."""
    report = yield
    if IN_CI and report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"skipped under CI: {report.longrepr}"
    return report


@pytest.fixture(autouse=True)
def nothing_remembered() -> None:
    """Each test begins with empty caches; one that counts statements warms them itself."""
    registry = sys.modules.get("django.apps")
    if registry is not None and registry.apps.ready:
        from django.core.cache import caches

        for name in caches:
            caches[name].clear()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> None:
    """The migrated test database, with a copy to go back to."""
    from tests import snapshots

    with django_db_blocker.unblock():
        snapshots.take()


@pytest.fixture(scope="session")
def shared() -> Path:
    """Folder of the real data."""
    return SHARED


@pytest.fixture(scope="session")
def cluster() -> postgres.Cluster:
    """The run's throwaway PostgreSQL cluster, one for all workers."""
    if lack := absent("postgres"):
        pytest.skip(lack)
    return postgres.shared(RUN / "cluster")


@pytest.fixture
def pg(cluster: postgres.Cluster) -> str:
    """URL of an empty PostgreSQL database of the test's own."""
    from xiaobao.kernel import ports

    return cluster.create(f"t{ports.new_id()[:12]}")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's chromium, headless."""
    from tests.browser import chromium

    with chromium() as running:
        yield running


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page with cookies of its own; script errors and refused resources fail the test."""
    from tests.browser import errors_of, fresh_page

    with fresh_page(browser) as opened:
        found = errors_of(opened)
        yield opened
    assert not found, found


@pytest.fixture
def sign_in(live_server: Any) -> Callable[[Any, Page], None]:
    """`sign_in(user, page)`: the page goes on as that user, without the login form."""
    from django.conf import settings
    from django.test import Client

    def enter(user: Any, page: Page) -> None:
        client = Client()
        client.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[0])
        cookies = [
            {"name": name, "value": morsel.value, "url": live_server.url}
            for name, morsel in client.cookies.items()
        ]
        page.context.add_cookies(cookies)  # type: ignore[arg-type]

    return enter
