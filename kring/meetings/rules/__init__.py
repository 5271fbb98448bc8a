"""Pure decisions about meetings as a whole: which modes a protocol allows, and days and windows."""
