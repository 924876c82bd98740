"""Times as files write them: each shape has a name, and whatever could mean two things is asked."""
