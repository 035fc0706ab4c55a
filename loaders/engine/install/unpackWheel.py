"""unpackWheel.py WHEEL FOLDER [PATTERN REPLACEMENT]...

Writes the wheel's files that a pattern matches whole into the folder, each under the name that the pattern's
replacement gives it.
"""

import os
import re
import shutil
import sys
import zipfile

wheel, folder, *rules = sys.argv[1:]
with zipfile.ZipFile(wheel) as archive:
    for member in archive.infolist():
        for pattern, replacement in zip(rules[::2], rules[1::2]):
            if not re.fullmatch(pattern, member.filename):
                continue
            target = os.path.join(folder, re.sub(pattern, replacement, member.filename))
            os.makedirs(os.path.dirname(target), exist_ok=True)
            with archive.open(member) as source, open(target, "wb") as copy:
                shutil.copyfileobj(source, copy, 1 << 20)
            break
