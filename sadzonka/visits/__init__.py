"""Series of visits, visits and their agendas."""
