"""Blocks on the machines of a Dask cluster: the same function, the same bytes, also when workers are lost."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import CancelledError
from typing import Any

from sadzonka.transfer.screening.blocks import Block, Columns, screened

SECONDS_TO_CONNECT = 10
IN_FLIGHT_PER_THREAD = 2  # one is computed while the next one travels


class BlockLosesWorkers(Exception):
    """Several workers in turn were lost while they computed one block, as when memory runs out."""


class ClusterIsUnreachable(Exception):
    """No scheduler answers at the address, it has no worker, or it was lost in the middle."""


class ClusterIsMissing(Exception):
    """Dask's `distributed` is not installed here."""


def screened_on_cluster(
    blocks: Iterator[Block], address: str, does: Callable[[Block], Columns] = screened
) -> Iterator[tuple[str, Columns]]:
    """Yield the columns of each block by its name, in the order in which they arrive.

    Only so many blocks are under way as keep the workers busy. A block whose worker is lost is computed
    again by another one, until the scheduler gives it up after several. Raises `ClusterIsMissing`,
    `ClusterIsUnreachable` and `BlockLosesWorkers`.
    """
    try:
        import dask.config  # noqa: PLC0415 - optional
        from distributed import Client, KilledWorker, as_completed  # noqa: PLC0415
    except ImportError as error:
        raise ClusterIsMissing from error
    settings = {
        # A block travels with its columns, so that it can be computed again wherever its worker was lost.
        "distributed.admin.large-graph-warning-threshold": "1GB",
        "distributed.comm.timeouts.connect": f"{SECONDS_TO_CONNECT}s",
    }
    with dask.config.set(settings), _connected(Client, address) as client:
        threads = sum(client.nthreads().values())
        under_way = as_completed(loop=client.loop)

        def submit(block: Block) -> None:
            # The key is the block's own: nothing is taken from an earlier run that the cluster remembers.
            under_way.add(client.submit(does, block, key=f"{client.id}-{block.name}", retries=0, pure=False))

        for _free in range(max(threads, 1) * IN_FLIGHT_PER_THREAD):
            if (block := next(blocks, None)) is not None:
                submit(block)
        for future in under_way:
            name = future.key.removeprefix(f"{client.id}-")
            try:
                columns = future.result()
            except KilledWorker as error:
                raise BlockLosesWorkers(name) from error
            except CancelledError as error:
                raise ClusterIsUnreachable(f"The scheduler at {address} was lost.") from error
            future.release()
            if (block := next(blocks, None)) is not None:
                submit(block)
            yield name, columns


def _connected(client: Callable[..., Any], address: str) -> Any:
    try:
        connected = client(address, timeout=SECONDS_TO_CONNECT, set_as_default=False)
    except (OSError, ValueError) as error:
        raise ClusterIsUnreachable(f"No scheduler answers at {address}.") from error
    try:
        connected.wait_for_workers(1, timeout=SECONDS_TO_CONNECT)
    except TimeoutError as error:
        connected.close()
        raise ClusterIsUnreachable(f"The scheduler at {address} has no worker.") from error
    return connected
