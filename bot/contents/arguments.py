"""What `lapor-bot twilio` understands; light enough to be loaded with every command."""

import argparse


def add(parser: argparse.ArgumentParser) -> None:
    """Add what can be done at Twilio."""
    doing = parser.add_subparsers(required=True, metavar="DO")
    help_ = "make the content templates that are missing, and tell how they stand"
    templates = doing.add_parser("templates", help=help_, description=help_)
    templates.add_argument("--check", action="store_true", help="make nothing; fail where one is not ready")
    templates.add_argument("--json", action="store_true", help="for programs")
