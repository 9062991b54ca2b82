"""Pages of applicants, superiors, reviewers and coordinators."""
