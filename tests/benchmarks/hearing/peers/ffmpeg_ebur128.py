"""ffmpeg's ebur128 filter: integrated loudness and true peak."""

import re
import subprocess

from talk import answer


def hear(path):
    command = ["ffmpeg", "-nostdin", "-hide_banner", "-threads", "1", "-i", path]
    command += ["-filter_complex", "ebur128=peak=true:framelog=verbose", "-f", "null", "-"]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stderr
    summary = said[said.rindex("Summary:") :]
    loud = float(re.search(r"I:\s+(-?[\d.]+) LUFS", summary).group(1))
    peak = re.search(r"Peak:\s+(-?[\d.]+|-inf) dBFS", summary).group(1)
    return {"lufs": loud if loud > -70 else None, "true_peak": None if peak == "-inf" else float(peak)}


answer(hear)
