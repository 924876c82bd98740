"""Serving over HTTP: a listening socket, a few threads, and patience that ends. Knows nothing of the record."""
