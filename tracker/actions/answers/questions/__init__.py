"""Questions to ask: where what somebody said, and what the record holds, stand beside each other unexplained."""
