"""How a console command ends, as a number."""

from __future__ import annotations

OK, FAILED, WRONG_USE = 0, 1, 2
"""Done; refused or failed; wrong use, or no place to run in."""
