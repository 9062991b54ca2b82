"""Running a visit: its states, its call, its mails."""
