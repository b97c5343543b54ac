from __future__ import annotations

import pytest

from xiaobao.base.people.models import User
from xiaobao.kernel.errors import IllegalStep
from xiaobao.site.commands.people import first_admins


@pytest.mark.django_db
def test_a_fresh_bank_gets_three_posts_with_one_time_passwords():
    made = dict(first_admins("示例银行总行"))
    people = {user.username: user for user in User.objects.all()}
    assert {user.roles[0] for user in people.values()} == {"system_admin", "audit_admin", "security_admin"}
    assert all(people[name].check_password(word) for name, word in made.items())
    assert all(user.must_change_password for user in people.values())


@pytest.mark.django_db
def test_it_happens_once():
    first_admins("示例银行总行")
    with pytest.raises(IllegalStep):
        first_admins("示例银行总行")
