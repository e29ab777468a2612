"""A slow line: a TCP proxy with a rate and a round trip, for everything that goes through it, workers included."""

import asyncio
import threading
from dataclasses import dataclass

CHUNK = 1460  # bytes, one packet
NEWER_PACKERS = b", br, zstd"


@dataclass(frozen=True)
class Line:
    """How fast a network is; rate 0 is as fast as this machine."""

    name: str
    rate: int = 0  # bit/s each way
    round_trip: float = 0  # s


FAST = Line("loopback")
SLOW_3G = Line("slow 3G", 400_000, 0.4)
SLOW_4G = Line("slow 4G", 1_600_000, 0.15)


class Way:
    """One direction of the line, shared by all connections."""

    def __init__(self, line: Line) -> None:
        self.line, self.free_at, self.carried = line, 0.0, 0

    def arrival(self, now: float, size: int) -> float:
        """Take the next place on the line; return when the last byte is at the other end."""
        self.carried += size
        if self.line.rate:
            self.free_at = max(now, self.free_at) + size * 8 / self.line.rate
        return max(now, self.free_at) + self.line.round_trip / 2


class Proxy:
    """Listens on a port of its own, in a thread of its own, and leads to `target`."""

    def __init__(self, target: int, line: Line) -> None:
        self.target, self.line = target, line
        self.up, self.down = Way(line), Way(line)
        self.loop = asyncio.new_event_loop()
        self.port = 0
        started = threading.Event()
        threading.Thread(target=self._run, args=(started,), daemon=True).start()
        started.wait()

    def _run(self, started: threading.Event) -> None:
        server = self.loop.run_until_complete(asyncio.start_server(self._connect, "127.0.0.1", 0))
        self.port = server.sockets[0].getsockname()[1]
        started.set()
        self.loop.run_forever()

    async def _connect(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await asyncio.sleep(self.line.round_trip)  # the handshake
        try:
            there, back = await asyncio.open_connection("127.0.0.1", self.target)
        except OSError:
            writer.close()
            return
        await asyncio.gather(self._carry(reader, back, self.up), self._carry(there, writer, self.down))

    async def _carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, way: Way) -> None:
        queue: asyncio.Queue[tuple[float, bytes]] = asyncio.Queue()
        delivery = asyncio.create_task(self._deliver(queue, writer))
        try:
            while packet := await reader.read(CHUNK):
                if way is self.up:  # what phones are offered over plain HTTP; the same length, so nothing else moves
                    packet = packet.replace(NEWER_PACKERS, b" " * len(NEWER_PACKERS))
                queue.put_nowait((way.arrival(self.loop.time(), len(packet)), packet))
                await asyncio.sleep(max(0, way.free_at - self.loop.time() - 1))  # read on while the line is busy
        except ConnectionError:
            pass
        queue.put_nowait((way.arrival(self.loop.time(), 0), b""))
        await delivery

    async def _deliver(self, queue: "asyncio.Queue[tuple[float, bytes]]", writer: asyncio.StreamWriter) -> None:
        try:
            while True:
                at, packet = await queue.get()
                await asyncio.sleep(max(0, at - self.loop.time()))
                if not packet:
                    break
                writer.write(packet)
                await writer.drain()
        except ConnectionError:
            pass
        writer.close()
