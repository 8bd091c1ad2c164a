"""What happened, counted, and what was refused."""
import collections
import threading


class Tally:
    def __init__(self):
        self.lock = threading.Lock()
        self.counts = collections.Counter()
        self.refusals = []

    def count(self, name, number=1):
        with self.lock:
            self.counts[name] += number

    def refused(self, *what):
        with self.lock:
            self.refusals.append(what)
