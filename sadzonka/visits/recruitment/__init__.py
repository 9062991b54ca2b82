"""From the call to a confirmed group: applications, checks, scores, choice, reserve."""
