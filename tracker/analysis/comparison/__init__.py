"""Published words against the versions of a material: which passages are shared, and what tells versions apart."""
