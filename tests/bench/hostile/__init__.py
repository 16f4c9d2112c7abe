"""Files made to take for ever, to fill the memory or to end the process."""
