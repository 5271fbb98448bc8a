"""Pure decisions about agreements: rhythm, silence, the bell."""
