"""kombu's filesystem broker, made fit for work.

As it comes, a message or a table of bindings can be read while it is still being written, which ends the worker,
and a folder that was wiped stays away. Here both appear whole, one worker gets each message, what cannot be read
is put aside, and folders are made anew. A lost message still costs time only: what is due lies in rows.
"""

import fcntl
import logging
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from queue import Empty
from typing import Any

from kombu.exceptions import ChannelError
from kombu.transport import filesystem
from kombu.utils.json import dumps, loads

logger = logging.getLogger(__name__)


class Channel(filesystem.Channel):
    """Queues as files in a folder, named `<time>_<key>.<queue>.msg`, oldest first."""

    def _put(self, queue: str, payload: Any, **_: Any) -> None:  # type: ignore[override]  # the stubs disagree
        folder = Path(self.data_folder_out)
        name = f"{time.time_ns()}_{uuid.uuid4().hex}.{queue}.msg"
        half = folder / f"{name}.half"
        try:
            folder.mkdir(parents=True, exist_ok=True)
            half.write_text(dumps(payload))
            half.rename(folder / name)
        except OSError as error:
            with suppress(OSError):
                half.unlink()
            raise ChannelError(f"cannot write to {folder}") from error

    def _get(self, queue: str, timeout: float | None = None) -> Any:
        for path in self._waiting(queue):
            try:
                mine = path.rename(path.with_name(f"{path.name}.taken"))
            except OSError:
                continue  # another worker was quicker
            try:
                return loads(mine.read_text())
            except (OSError, ValueError):
                logger.warning("a message that cannot be read was thrown away")
            finally:
                mine.unlink(missing_ok=True)
        raise Empty

    def _size(self, queue: str) -> int:
        return len(self._waiting(queue))

    def _purge(self, queue: str) -> int:
        waiting = self._waiting(queue)
        for path in waiting:
            path.unlink(missing_ok=True)
        return len(waiting)

    def _waiting(self, queue: str) -> list[Path]:
        folder, ending = Path(self.data_folder_in), f"{queue}.msg"
        try:
            return sorted(path for path in folder.iterdir() if path.name.partition(".")[2] == ending)
        except FileNotFoundError:
            folder.mkdir(parents=True, exist_ok=True)
            return []

    # --- bindings: one file for each exchange, replaced as a whole --------------------------------------------

    def get_table(self, exchange: str) -> list[Any]:
        try:
            rows = loads(self._file(exchange).read_text())
        except (FileNotFoundError, ValueError):
            return []
        return [filesystem.exchange_queue_t(*row) for row in rows]

    def _queue_bind(self, exchange: str, routing_key: Any, pattern: Any, queue: Any) -> None:
        binding = filesystem.exchange_queue_t(routing_key or "", pattern or "", queue or "")
        with self._binding():
            table = self.get_table(exchange)
            if binding not in table:
                self._keep(exchange, [binding, *table])

    def _delete(self, queue: str, exchange: str, routing_key: str, pattern: str, *_: Any, **__: Any) -> None:
        self._purge(queue)
        binding = filesystem.exchange_queue_t(routing_key or "", pattern or "", queue or "")
        with self._binding():
            table = self.get_table(exchange)
            if binding in table:
                self._keep(exchange, [other for other in table if other != binding])

    def _file(self, exchange: str) -> Path:
        path: Path = self._exchange_file(exchange)  # type: ignore[attr-defined]  # the stubs are older
        return path

    @contextmanager
    def _binding(self) -> Iterator[None]:
        """One process at a time changes tables."""
        try:
            self.control_folder.mkdir(parents=True, exist_ok=True)
            with (self.control_folder / "tables.lock").open("w") as lock:
                fcntl.flock(lock, fcntl.LOCK_EX)
                yield
        except OSError as error:
            raise ChannelError(f"cannot write to {self.control_folder}") from error

    def _keep(self, exchange: str, table: list[Any]) -> None:
        file = self._file(exchange)
        half = file.with_suffix(".half")
        half.write_text(dumps(table))
        half.replace(file)


class Transport(filesystem.Transport):
    """The transport of `filesystem://` (config.celery says so)."""

    Channel = Channel
