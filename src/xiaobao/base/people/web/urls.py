"""Addresses of the pages on people and units."""

from __future__ import annotations

from django.urls import path

from xiaobao.base.people.web import changes, me, pages

app_name = "people"

urlpatterns = [
    path("", pages.people, name="users"),
    path("users/new/", changes.user_create, name="create"),
    path("users/<int:user_id>/", pages.user, name="user"),
    path("users/<int:user_id>/roles/", changes.user_change_roles, name="roles"),
    *(
        path(f"users/<int:user_id>/{verb.replace('_', '-')}/", changes.user_act, {"verb": verb}, name=verb)
        for verb in changes.SENTENCES
    ),
    path("orgs/new/", changes.org_create, name="org_create"),
    path("orgs/<int:org_id>/", pages.org, name="org"),
    path("orgs/<int:org_id>/rename/", changes.org_rename, name="org_rename"),
    path("orgs/<int:org_id>/move/", changes.org_move, name="org_move"),
    path("orgs/<int:org_id>/close/", changes.org_close, name="org_close"),
    path("me/", me.me, name="me"),
    path("me/token/", me.token, name="token"),
    path("me/preferences/", me.preferences, name="preferences"),
    path("me/sessions/<int:session_id>/end/", me.end_session, name="end_session"),
]
