"""From a report to its claims, each with the characters that every value was read from."""
