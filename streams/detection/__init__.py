"""Text to statements: pure rules, and their Faust door."""
