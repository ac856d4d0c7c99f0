"""Pictures as data for templates, which draw them as SVG on the server: each shows what a table beside it says too."""
