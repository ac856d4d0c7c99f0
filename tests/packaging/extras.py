"""What each extra brings, by the names that are imported."""

MODULES = {
    "web": ("fastapi", "uvicorn"),  # jinja2 comes with spaCy too
    "postgres": ("psycopg",),
    "analytics": ("duckdb",),
    "stix": ("stix2validator",),
    "fast": ("hyperscan",),
    "remote": ("fsspec",),
    "cluster": ("ray",),
}
