#!/usr/bin/env python3
"""Times several commands in rounds, each round running each of them once, so that whatever the machine does meanwhile hits all alike.

  rounds.py [-n ROUNDS] [-w UNCOUNTED] [-C FOLDER] [--json FILE] LABEL=COMMAND LABEL=COMMAND …

A COMMAND is split as a shell would and run without one. The first is the base: the ratio is the median of each round's own ratio.
CPU time and peak memory are those of the whole process tree and of its largest process.
"""
import argparse, json, os, shlex, statistics, subprocess, time

arguments = argparse.ArgumentParser()
arguments.add_argument("-n", type=int, default=20)
arguments.add_argument("-w", type=int, default=2)
arguments.add_argument("-C", default=".")
arguments.add_argument("--json")
arguments.add_argument("commands", nargs="+")
wanted = arguments.parse_args()
commands = {label: shlex.split(line) for label, line in (command.split("=", 1) for command in wanted.commands)}


def once(command):
    start = time.perf_counter()
    child = subprocess.Popen(command, cwd=wanted.C, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    talk = child.stderr.read()
    _, status, usage = os.wait4(child.pid, 0)
    took = time.perf_counter() - start
    if status:
        raise SystemExit(f"{shlex.join(command)} ended with {os.waitstatus_to_exitcode(status)}: {talk.decode()}")
    return {"seconds": took, "cpu": usage.ru_utime + usage.ru_stime, "peak": usage.ru_maxrss / 1024}


runs = {label: [] for label in commands}
for number in range(-wanted.w, wanted.n):
    for label, command in commands.items():
        run = once(command)
        if number >= 0:
            runs[label].append(run)

base = runs[next(iter(runs))]
width = max(map(len, runs))
results = {}
print(f"{'':{width}}  {'median ms':>10} {'least':>8} {'most':>8} {'CPU ms':>8} {'peak MiB':>9} {'ratio':>7}")
for label, all_ in runs.items():
    seconds = [run["seconds"] for run in all_]
    results[label] = result = {
        "median_ms": statistics.median(seconds) * 1000, "least_ms": min(seconds) * 1000, "most_ms": max(seconds) * 1000,
        "cpu_ms": statistics.median(run["cpu"] for run in all_) * 1000, "peak_mib": statistics.median(run["peak"] for run in all_),
        "ratio": statistics.median(run["seconds"] / other["seconds"] for run, other in zip(all_, base)),
    }
    print(f"{label:{width}}  {result['median_ms']:10.1f} {result['least_ms']:8.1f} {result['most_ms']:8.1f} {result['cpu_ms']:8.1f}"
          f" {result['peak_mib']:9.1f} {result['ratio']:7.2f}", flush=True)
if wanted.json:
    with open(wanted.json, "w") as file:
        json.dump(results, file, indent=1)
