"""Goals of a visit against evidence."""
