"""What a server of an installation answers: `python -m tests.upkeep.asked '[["GET", "/healthz"], …]'`, as JSON.

In a process of its own: an application of another installation binds queue, store and database for all of its process.
"""

import json
import sys

from walkthrough_app import create_app


def main(requests: list[list[str]]) -> None:
    client = create_app().test_client()
    answers = [client.open(address, method=method) for method, address in requests]
    print(json.dumps([[answer.status_code, answer.get_data(as_text=True)] for answer in answers]))


if __name__ == "__main__":
    main(json.loads(sys.argv[1]))
