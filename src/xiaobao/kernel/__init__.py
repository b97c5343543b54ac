"""Ground floor: terms, days, money, errors, masks, ids and ports. Standard library only."""
