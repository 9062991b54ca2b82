"""Funds, projects and the marks that their papers and pages carry."""
