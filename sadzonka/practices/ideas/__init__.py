"""Ideas of three lines, and interest that people declare for their municipality."""
