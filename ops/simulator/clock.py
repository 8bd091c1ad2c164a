"""The time of the simulated province, which the service, its commands and its PostgreSQL live in."""
import ctypes
import datetime
import mmap
import time

VIETNAM = datetime.timezone(datetime.timedelta(hours=7))


class Clock:
    """Keeps how far behind the real time everything is, in the file that clock.c maps. It never goes back: a database in
    which time does is no longer a likeness of anything."""

    def __init__(self, path):
        with open(path, "r+b") as file:
            self.page = mmap.mmap(file.fileno(), 8)
        # One aligned word: whoever looks finds the old number or the new one, never half of one.
        self.shift = ctypes.c_int64.from_buffer(self.page)

    def now(self):
        """Unix seconds."""
        return time.time() + self.shift.value / 1e9

    def local(self):
        return datetime.datetime.fromtimestamp(self.now(), VIETNAM)

    def to(self, moment):
        """Goes on to a moment, unless that is past already; never beyond the real time."""
        self.shift.value = min(0, max(self.shift.value, int((moment - time.time()) * 1e9)))


def moment(day, hour, minute=0, second=0):
    """A time of day in Vietnam, in Unix seconds."""
    return datetime.datetime(day.year, day.month, day.day, hour, minute, second, tzinfo=VIETNAM).timestamp()


def text(seconds):
    """RFC 3339, to the second."""
    return datetime.datetime.fromtimestamp(seconds, VIETNAM).isoformat(timespec="seconds")
