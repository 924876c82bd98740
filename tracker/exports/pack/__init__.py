"""The pack: a case as documents to print and hand over, in one zip."""
