"""What comes in and goes out: how much of it, through whom, and at whatever pace a visitor has."""
