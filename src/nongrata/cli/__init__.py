"""The command line; nothing heavy is imported before a command needs it."""


def main() -> None:
    """Entry point of ``nongrata``."""
    from nongrata.cli.app import app

    app()
