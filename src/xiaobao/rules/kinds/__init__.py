"""One module a kind: its parameters, its arithmetic, and what `tighter` means for it."""
