"""Runs a command and prints what it took, as JSON: the command's own output, CPU seconds and peak memory.

CPU is user plus system time of the command and of every process it waited for; memory is the largest resident set
of any one of them.
"""

import json
import os
import sys
import tempfile

command = sys.argv[1:]
with tempfile.TemporaryFile() as output:
    child = os.fork()
    if child == 0:
        os.dup2(output.fileno(), 1)
        os.execvp(command[0], command)
    _, status, usage = os.wait4(child, 0)
    output.seek(0)
    text = output.read().decode()
if status != 0:
    sys.exit(f"{' '.join(command)} failed with status {os.waitstatus_to_exitcode(status)}.")
print(json.dumps({
    "output": json.loads(text),
    "cpuSeconds": usage.ru_utime + usage.ru_stime,
    "peakMebibytes": usage.ru_maxrss / 1024,
}))
