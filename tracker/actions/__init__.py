"""The verbs: every way the record can change, one public function each."""
