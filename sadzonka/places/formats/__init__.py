"""Reading what offices publish: a file is recognised by its content and read without the database."""
