"""Ties a process to this one: it is killed when this one ends, however that happens."""

import os
import signal


class Leash:
    """A shell that waits for the end of a pipe held here, and then kills a process: any Unix can."""

    def __init__(self, pid: int) -> None:
        reads, self._held = os.pipe()
        script = 'read -r _; kill -KILL "$0"'
        actions = [(os.POSIX_SPAWN_DUP2, reads, 0)]
        self._shell = os.posix_spawn("/bin/sh", ["sh", "-c", script, str(pid)], {}, file_actions=actions, setsid=True)
        os.close(reads)

    def drop(self) -> None:
        """Let the process be."""
        os.kill(self._shell, signal.SIGKILL)
        os.waitpid(self._shell, 0)
        os.close(self._held)
