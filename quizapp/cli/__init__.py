"""The command line: one module a command, loaded when it is called."""

import gc

gc.disable()  # commands are short and make no cycles worth looking for; the screen turns it on again
