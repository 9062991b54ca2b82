"""On several processes, one of them killed in the middle, a run is the same bytes as in one thread."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from sadzonka.transfer.screening.cluster import ClusterIsUnreachable, screened_on_cluster
from sadzonka.transfer.screening.runs import carry_out, in_threads
from tests.loud_skips import WHAT_IS_MISSING
from tests.transfer.screening.made_up import files_in, run

distributed = pytest.importorskip("distributed", reason=WHAT_IS_MISSING["cluster"])

BLOCKS, PLACES = 16, 200


@pytest.fixture(scope="module")
def cluster() -> Iterator[Any]:
    with distributed.LocalCluster(
        n_workers=3, processes=True, threads_per_worker=1, dashboard_address=None, silence_logs=50
    ) as made:
        yield made


def workers_of(cluster: Any) -> list[int]:
    with distributed.Client(cluster.scheduler_address, set_as_default=False) as client:
        return sorted(client.run(os.getpid).values())


@pytest.mark.slow
def test_a_worker_killed_in_the_middle_changes_no_byte(tmp_path: Path, cluster: Any) -> None:
    plan = run(BLOCKS, PLACES)
    before = workers_of(cluster)
    told: list[int] = []

    def tell(done: int, of: int) -> None:
        told.append(done)
        if done == BLOCKS // 4:
            os.kill(before[0], signal.SIGKILL)

    how = partial(screened_on_cluster, address=cluster.scheduler_address)
    carry_out(plan, tmp_path / "cluster", how, tell)
    carry_out(plan, tmp_path / "thread", in_threads(1))
    assert files_in(tmp_path / "cluster") == files_in(tmp_path / "thread")
    assert (told, len(before)) == (list(range(BLOCKS + 1)), 3)
    assert before[0] not in workers_of(cluster)


@pytest.mark.slow
def test_a_run_whose_scheduler_is_lost_keeps_what_is_done_and_is_completed_without_it(
    tmp_path: Path, cluster: Any
) -> None:
    plan = run(BLOCKS, PLACES)

    def tell(done: int, of: int) -> None:
        if done == 2:
            cluster.close()

    how = partial(screened_on_cluster, address=cluster.scheduler_address)
    with pytest.raises(ClusterIsUnreachable, match="was lost"):
        carry_out(plan, tmp_path / "cluster", how, tell)
    kept = [name for name in files_in(tmp_path / "cluster") if name.endswith(".sha256")]
    assert 2 <= len(kept) < BLOCKS
    for name in ("cluster", "thread"):
        carry_out(plan, tmp_path / name, in_threads(1))
    assert files_in(tmp_path / "cluster") == files_in(tmp_path / "thread")


def test_a_cluster_that_does_not_answer_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sadzonka.transfer.screening.cluster.SECONDS_TO_CONNECT", 1)
    with pytest.raises(ClusterIsUnreachable, match=r"No scheduler answers at tcp://127.0.0.1:1"):
        list(screened_on_cluster(iter(()), "tcp://127.0.0.1:1"))
    with pytest.raises(ClusterIsUnreachable, match=r"No scheduler answers at nonsense://x"):
        list(screened_on_cluster(iter(()), "nonsense://x"))
