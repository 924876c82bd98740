"""Who a file names: matching its people with those of the case."""
