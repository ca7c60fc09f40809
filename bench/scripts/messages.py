#!/usr/bin/env python3
"""Messages between two people in two processes, end to end: kept, sealed, sent, stored there, receipted.

  bench/scripts/messages.py [COUNT] [WRITERS]      prints one object of JSON

Starts two nodes on loopback with fresh homes, lets them meet by a link, then writes COUNT messages (2,000) through WRITERS connections
(16) at once, each waiting until its message is shown as delivered. Needs a built program: run ./wayfolk version before.
"""
import json, os, socket, subprocess, sys, tempfile, threading, time

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
COUNT = int(sys.argv[1]) if len(sys.argv) > 1 else 2000
WRITERS = int(sys.argv[2]) if len(sys.argv) > 2 else 16


def wayfolk(*args):
    return subprocess.run([ROOT + "/wayfolk", *args], check=True, capture_output=True, text=True).stdout


class Control:
    def __init__(self, home):
        self.s = socket.socket(socket.AF_UNIX)
        self.s.connect(home + "/sock")
        self.f = self.s.makefile("r", encoding="utf-8")

    def call(self, what, **args):
        self.s.sendall((json.dumps({"wayfolk": 1, "do": what, **args}) + "\n").encode())
        answer = json.loads(self.f.readline())
        if "done" not in answer:
            raise SystemExit(answer)
        return answer["done"]


def rss(home):
    with open("/proc/%s/status" % open(home + "/lock").read().strip()) as f:
        return next(int(l.split()[1]) // 1024 for l in f if l.startswith("VmRSS"))


with tempfile.TemporaryDirectory() as tmp:
    homes = [tmp + "/ann", tmp + "/ben"]
    try:
        for h in homes:
            wayfolk("--home", h, "up", "-d", "-q", "--network", "local:bench")
        link = Control(homes[0]).call("invite", name="Ann")["link"]
        Control(homes[1]).call("accept", invitation=link, name="Ben")
        times, lock, left = [], threading.Lock(), list(range(COUNT))

        def write():
            c = Control(homes[0])
            while True:
                with lock:
                    if not left:
                        return
                    n = left.pop()
                began = time.perf_counter()
                done = c.call("send", who="Ben", text="message %d of many, some hundred bytes long. " % n * 3, timeoutMs=60000)
                if done["outcome"] != "delivered":
                    raise SystemExit(done)
                times.append((time.perf_counter() - began) * 1000)

        one = Control(homes[0])
        for i in range(20):
            one.call("send", who="Ben", text="warm %d" % i)
        alone = []
        for i in range(200):
            began = time.perf_counter()
            one.call("send", who="Ben", text="alone %d" % i, timeoutMs=60000)
            alone.append((time.perf_counter() - began) * 1000)
        began = time.perf_counter()
        threads = [threading.Thread(target=write) for _ in range(WRITERS)]
        [t.start() for t in threads]
        [t.join() for t in threads]
        wall = time.perf_counter() - began
        times.sort(), alone.sort()
        print(json.dumps({
            "messages": len(times), "writers": WRITERS, "wallSeconds": round(wall, 2),
            "wallMessagesPerSecond": round(len(times) / wall, 1),
            "wallP50Millis": round(times[len(times) // 2], 1), "wallP99Millis": round(times[len(times) * 99 // 100], 1),
            "wallAloneP50Millis": round(alone[100], 1), "wallAloneP99Millis": round(alone[197], 1),
            "rssMegabytes": [rss(h) for h in homes], "wallLoad": os.getloadavg()[0]}))
    finally:
        for h in homes:
            subprocess.run([ROOT + "/wayfolk", "--home", h, "down", "-q"], capture_output=True)
