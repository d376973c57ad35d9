"""A server between a browser and the real one that lets a page arrive as over a bad line: a piece, a pause, the next piece."""

import threading
import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

PIECES = 12
PAUSE = 0.06


@contextmanager
def trickling(served):
    """The address of a loopback server that hands on what `served` answers; pages in pieces, everything else whole."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            answer = served.get(self.path)
            body = answer.body
            self.send_response(answer.status)
            for name in ("content-type", "content-length", "content-security-policy"):
                if name in answer.headers:
                    self.send_header(name, answer.headers[name])
            self.end_headers()
            if "html" not in answer.headers["content-type"]:
                self.wfile.write(body)
                return
            size = -(-len(body) // PIECES)
            for start in range(0, len(body), size):
                self.wfile.write(body[start : start + size])
                time.sleep(PAUSE)

        def log_message(self, *_):
            """Nothing: a test that fails says why by itself."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
