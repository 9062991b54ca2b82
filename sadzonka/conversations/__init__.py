"""Threads and questions to hosts, each about a practice, a visit or an organisation."""
