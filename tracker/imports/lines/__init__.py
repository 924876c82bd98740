"""Lines of a file as a person looks at them: the first ones before an import, left-out ones, one behind a record."""
