"""The package's version; the reader carries it into every claim."""

__version__ = "0.1.0"
