"""Several commands of `walkthrough` in one process: `python -m tests.browser.commands '[["db", "upgrade"], …]'`."""

import json
import sys

from walkthrough_app.cli import cli


def main(commands: list[list[str]]) -> None:
    for words in commands:
        cli(words, standalone_mode=False)


if __name__ == "__main__":
    main(json.loads(sys.argv[1]))
