#!/usr/bin/env python3
"""A way to a server on loopback on which every answer takes longer.   slow-door.py PORT TARGET-PORT MILLISECONDS"""
import asyncio, sys

port, target, late = int(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]) / 1000


async def pass_on(reader, writer, delay):
    loop, chunks = asyncio.get_running_loop(), asyncio.Queue()

    async def deliver():
        while (item := await chunks.get()) is not None:
            due, chunk = item
            await asyncio.sleep(max(0, due - loop.time()))
            writer.write(chunk)
            await writer.drain()
        writer.close()

    delivery = asyncio.create_task(deliver())
    try:
        while chunk := await reader.read(65536):
            chunks.put_nowait((loop.time() + delay, chunk))
    except ConnectionError:
        pass
    chunks.put_nowait(None)
    try:
        await delivery
    except ConnectionError:
        pass


async def serve(reader, writer):
    there, back = await asyncio.open_connection("127.0.0.1", target)
    await asyncio.gather(pass_on(reader, back, 0), pass_on(there, writer, late))


async def main():
    async with await asyncio.start_server(serve, "127.0.0.1", port, backlog=512) as server:
        await server.serve_forever()


asyncio.run(main())
