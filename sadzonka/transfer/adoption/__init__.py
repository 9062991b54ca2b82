"""From a stored assessment to plan, decision and adoption; what followed a visit."""
