"""What Numba keeps on disk does not outlive the code it was compiled of."""

from __future__ import annotations

from pathlib import Path

from sadzonka.analysis.compiled.cache import forget_stale_kernels


def test_kernels_are_kept_while_the_code_is_the_same_and_forgotten_when_any_of_it_changes(
    tmp_path: Path,
) -> None:
    code, kept = tmp_path / "called.py", tmp_path / "part" / "__pycache__" / "calling.kernel-1.nbi"
    kept.parent.mkdir(parents=True)
    code.write_text("a = 1")
    forget_stale_kernels(tmp_path)
    kept.write_text("compiled")
    forget_stale_kernels(tmp_path)
    assert kept.exists()
    code.write_text("a = 2")
    forget_stale_kernels(tmp_path)
    assert not kept.exists()
    kept.write_text("compiled anew")
    forget_stale_kernels(tmp_path)
    assert kept.read_text() == "compiled anew"
