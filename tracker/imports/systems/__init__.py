"""Known systems: one TOML file each, which says how the files that the system writes are recognised and read."""
