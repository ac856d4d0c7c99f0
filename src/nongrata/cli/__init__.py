"""The command line; nothing heavy is imported before a command needs it."""


def main() -> None:
    """Entry point of ``nongrata``: runs the command and ends the process with its exit code."""
    from nongrata.cli.app import run

    run()
