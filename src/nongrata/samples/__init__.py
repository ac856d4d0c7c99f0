"""Reports for the demo and the tests, with hand-coded claims: data, no code."""
