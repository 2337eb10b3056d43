"""The commands of the program `stance`."""
