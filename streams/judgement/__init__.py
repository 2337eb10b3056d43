"""Statements to stances and shifts: a pure fold, and its Faust door."""
