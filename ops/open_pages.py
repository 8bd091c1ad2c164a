"""Keeps payment pages open, as ops/bench asks for it: one stream of events a page, on loopback alone.

usage: open_pages.py PORT TOKENS_FILE SECONDS

Prints `open N` once every page has its stream, then `news TOKEN TIME` (CLOCK_MONOTONIC) for each page that is told of something new,
and ends when its input does, or after SECONDS. Standard library only.
"""
import asyncio
import resource
import sys
import time

PORT, TOKENS, SECONDS = int(sys.argv[1]), sys.argv[2], float(sys.argv[3])
opened = 0


async def page(token, turns):
    """One page: it asks for its state first, as a browser does, then for news of it."""
    global opened
    async with turns:
        reader, writer = await asyncio.open_connection("127.0.0.1", PORT)
        head = f"GET /pay/{token} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n"
        writer.write(head.encode())
        text = (await reader.read()).decode(errors="replace")
        writer.close()
        start = text.find('data-version="') + len('data-version="')
        version = text[start:text.find('"', start)]
        reader, writer = await asyncio.open_connection("127.0.0.1", PORT)
        writer.write(f"GET /pay/{token}/events?lang=vi&version={version} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode())
        answer = await reader.readline()
        if b" 200 " not in answer:
            raise SystemExit(f"a stream was refused: {answer!r}")
        opened += 1
    while line := await reader.readline():
        if line.startswith(b"event: page"):
            print("news", token, time.monotonic(), flush=True)


async def main():
    tokens = open(TOKENS).read().split()
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(hard, len(tokens) + 200), hard))
    turns = asyncio.Semaphore(50)
    pages = [asyncio.create_task(page(token, turns)) for token in tokens]
    while opened < len(tokens):
        for one in pages:
            if one.done():
                one.result()
        await asyncio.sleep(0.05)
    print("open", opened, flush=True)
    end = asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)
    await asyncio.wait([end], timeout=SECONDS)
    for one in pages:
        one.cancel()


try:
    asyncio.run(asyncio.wait_for(main(), SECONDS + 300))
except (KeyboardInterrupt, TimeoutError):
    pass
