"""Names by a small trained model, a second pass over the places where a name may stand. Needs `pii-names`."""
