"""Small shared pieces that belong to no subject: texts in three languages, identifiers, rows of files."""
