"""One short class a kind: pattern, validator, words for and against, examples."""
