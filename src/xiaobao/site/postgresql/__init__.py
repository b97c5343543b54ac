"""Django's PostgreSQL backend with a cheaper look at a connection that waited for its next request."""
