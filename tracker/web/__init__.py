"""What every page shares: lists, and the way from one page to the next."""
