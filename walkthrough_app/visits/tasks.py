"""What visits have done in the background, and what they say when a walk of theirs is to be opened again."""

from walkthrough_app.media.storage import MediaStore
from walkthrough_app.rectification.printing import Sign
from walkthrough_app.visits import queries, service
from walkthrough_app.walkthroughs import gates


def connect(store: MediaStore, sign: Sign) -> None:
    service.PRESS.connect(store, sign)
    gates.connect(queries.sealed)
