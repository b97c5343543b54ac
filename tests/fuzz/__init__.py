"""Random input for every reader of the text engines: `make fuzz`, and a short form among the tests."""
