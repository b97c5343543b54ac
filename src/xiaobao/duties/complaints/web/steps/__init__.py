"""One page a command of the lifecycle: the same view, a form each."""
