"""Narrowing and overlap: the windows of whole cases, who is inside each, and what follows from several of them."""
