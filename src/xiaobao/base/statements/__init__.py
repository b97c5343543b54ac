"""Statements of every request, written by Django once a process and asked again with other values."""

from xiaobao.base.statements.inserts import Insert
from xiaobao.base.statements.reads import Given, Statement

__all__ = ["Given", "Insert", "Statement"]
