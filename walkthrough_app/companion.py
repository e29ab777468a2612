"""The worker beside the web server: started with it, started again when it dies, stopped with it."""

import logging
import os
import signal
import sys
import threading
import time

PAUSE_SECONDS = 2  # before it is started again
PATIENCE_SECONDS = 20  # for the job under way when we stop
log = logging.getLogger(__name__)


class Companion:
    """Looks after one `walkthrough worker`, which ends by itself when this process is killed."""

    def __init__(self) -> None:
        self._stopped = threading.Event()
        self._pid = 0
        self._watch = threading.Thread(target=self._look_after, daemon=True)

    def start(self) -> None:
        self._watch.start()

    def stop(self) -> None:
        """Let the worker end its jobs, but not for ever: what is cut off is done again after the next start."""
        self._stopped.set()
        self._watch.join()
        until = time.monotonic() + PATIENCE_SECONDS
        self._signal(signal.SIGINT)
        while self._is_running():
            time.sleep(0.1)
            if time.monotonic() > until:
                self._signal(signal.SIGKILL)

    def _look_after(self) -> None:
        while not self._stopped.is_set():
            if not self._is_running():
                if self._pid:
                    log.warning("后台进程停了，正在重新启动。")
                self._pid = _start()
            self._stopped.wait(PAUSE_SECONDS)

    def _is_running(self) -> bool:
        try:
            return bool(self._pid) and os.waitpid(self._pid, os.WNOHANG) == (0, 0)
        except ChildProcessError:  # gunicorn collects every child that ended
            return False

    def _signal(self, number: signal.Signals) -> None:
        if self._is_running():
            os.kill(self._pid, number)


def _start() -> int:
    """Start a worker in a session of its own: Ctrl-C is for us, and we tell the worker in good time.

    Not by subprocess: gunicorn forks meanwhile, and its child would keep the pipe open on which Popen waits.
    """
    command = [sys.executable, "-m", "walkthrough_app.cli", "worker", "--under", str(os.getpid())]
    return os.posix_spawn(sys.executable, command, os.environ, setsid=True)
