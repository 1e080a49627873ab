"""What sample pages tell of an outlet that has no file yet, or a doubtful one."""
