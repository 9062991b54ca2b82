"""Agendas that do not contradict themselves, confirmed by their hosts."""
