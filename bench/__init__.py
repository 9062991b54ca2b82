"""What `./run bench` measures; docs/benchmarks.md is its last report."""
