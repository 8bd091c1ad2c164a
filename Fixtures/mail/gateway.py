"""A gateway of short messages for tests, such as Zalo's, on the standard library alone.

    gateway.py PORT FOLDER

What it does with the message of a number is said by the number's last digit: 1 takes it; 2 says error -108 (no such number); 3 says 503 the
first time and takes it the second; 4 says 500 after it took it; 5 never answers; 6 closes the connection after it took it; 7 says 401. Each
message that came is a line of FOLDER/messages.jsonl, with its headers.
"""
import json
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

port, folder = int(sys.argv[1]), sys.argv[2]
seen, lock = {}, threading.Lock()


class Gateway(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *words):
        pass

    def answer(self, status, body):
        data = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def do_POST(self):
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        phone = body["phone"]
        with lock:
            seen[phone] = seen.get(phone, 0) + 1
            turn = seen[phone]
            with open(folder + "/messages.jsonl", "a", encoding="utf-8") as file:
                line = {"path": self.path, "token": self.headers.get("access_token"), "body": body}
                file.write(json.dumps(line, ensure_ascii=False) + "\n")
        mood = phone[-1]
        if mood == "2":
            return self.answer(200, {"error": -108, "message": f"{phone} is no user"})
        if mood == "3" and turn == 1:
            return self.answer(503, {"error": -1})
        if mood == "4":
            return self.answer(500, {})
        if mood == "5":
            time.sleep(3600)
        if mood == "6":
            self.close_connection = True
            self.connection.close()
            return None
        if mood == "7":
            return self.answer(401, {"error": -124})
        return self.answer(200, {"error": 0, "data": {"msg_id": "m1"}})


server = ThreadingHTTPServer(("127.0.0.1", port), Gateway)
server.daemon_threads = True
open(folder + "/ready", "w").close()
server.serve_forever()
