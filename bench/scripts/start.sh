#!/bin/sh
# Measures how long `up` takes until it is ready and `version` until it has ended (median of 9 each), and what an idle node
# costs after a minute. Starts processes on loopback only; writes bench/results/start.json. Usage: bench/scripts/start.sh [RUNS]
set -eu
cd "$(dirname "$0")/../.."
runs=${1:-9}
tmp=$(mktemp -d)
pid=
trap '[ -z "$pid" ] || kill "$pid" 2>/dev/null || :; rm -rf "$tmp"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

now() { date +%s%N; }
median() { sort -n "$1" | awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] }'; }
load() { cut -d ' ' -f 1 /proc/loadavg; }

# A node of its own home; sets pid, returns once it said that it is ready.
start() {
  : >"$tmp/out"
  ./wayfolk --home "$tmp/$1" up --json --network local:start --listen 127.0.0.1:0 >"$tmp/out" 2>"$tmp/err" &
  pid=$!
  turns=0
  until grep -q '"ready"' "$tmp/out"; do
    turns=$((turns + 1))
    [ "$turns" -lt 6000 ] && kill -0 "$pid" 2>/dev/null || {
      cat "$tmp/out" "$tmp/err" >&2
      exit 1
    }
    sleep 0.005
  done
}

stop() {
  kill "$pid"
  wait "$pid" || :
  pid=
}

./wayfolk version >/dev/null # builds, if need be
load_start=$(load)
i=0
while [ "$i" -lt "$runs" ]; do
  i=$((i + 1))
  t=$(now)
  ./wayfolk version >/dev/null
  echo $((($(now) - t) / 1000000)) >>"$tmp/version"
  t=$(now)
  start "first$i"
  echo $((($(now) - t) / 1000000)) >>"$tmp/first"
  stop
  t=$(now)
  start first1
  echo $((($(now) - t) / 1000000)) >>"$tmp/again"
  stop
done

# Idle: after a minute, CPU time over the next half minute, in hundredths of a second of the kernel's clock.
start first1
sleep 60
ticks() { awk '{ sub(/.*\) /, ""); print $12 + $13 }' "/proc/$pid/stat"; }
hz=$(getconf CLK_TCK)
before=$(ticks)
sleep 30
after=$(ticks)
rss=$(awk '/^VmRSS/ { print $2 }' "/proc/$pid/status")
threads=$(awk '/^Threads/ { print $2 }' "/proc/$pid/status")
stop

mkdir -p bench/results
cat >bench/results/start.json <<END
{
  "what": "start of the program and cost of an idle node",
  "date": "$(date -u +%Y-%m-%d)",
  "commit": "$(git rev-parse --short HEAD 2>/dev/null || echo unknown)",
  "cores": $(nproc),
  "runs": $runs,
  "wallLoadBefore": $load_start,
  "wallLoadAfter": $(load),
  "wallUpFirstMs": $(median "$tmp/first"),
  "wallUpAgainMs": $(median "$tmp/again"),
  "wallVersionMs": $(median "$tmp/version"),
  "wallIdleCpuPercent": $(awk "BEGIN { printf \"%.2f\", ($after - $before) * 100 / $hz / 30 }"),
  "idleThreads": $threads,
  "rssIdleKiB": $rss
}
END
cat bench/results/start.json
