"""`python -m bench`: the product's figures, measured on the machine at hand, with the method beside them."""
