"""What each extra brings, by the names that are imported."""

MODULES = {
    "web": ("fastapi", "jinja2", "uvicorn"),
    "postgres": ("psycopg",),
    "analytics": ("duckdb",),
    "stix": ("stix2validator",),
    "cluster": ("ray",),
}
