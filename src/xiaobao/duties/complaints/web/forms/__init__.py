"""Plain forms, by noun: they gather text and know no rule."""
