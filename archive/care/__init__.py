"""An archive as a whole: backed up, restored, copied to another database, examined."""
