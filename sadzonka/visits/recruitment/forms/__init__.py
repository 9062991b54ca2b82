"""Forms of applicants, superiors, reviewers and coordinators."""
