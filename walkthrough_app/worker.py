"""The worker: warm processes that do the background jobs."""

from walkthrough_app import config, startup, wiring
from walkthrough_app.documents import pdf
from walkthrough_app.jobs import consumer


def run(*, processes: int, under: int = 0) -> None:
    """Do jobs until interrupted; with `under`, until that process is gone."""
    settings = config.from_env()
    startup.check(settings)
    wiring.connect(settings)
    consumer.work(processes, pdf.warm_up, under=under)
