"""Language: text to sentences, names, quantities and times; the gate. It knows nothing of events beyond their words."""
