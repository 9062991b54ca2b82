"""Mail that is stored first and sent by a job, each at most once."""
