// Targets for the pages to show: one that answers, one that redirects, one that is slow, and others
// that fail in their own ways. Prints where they are, then waits to be killed.
import { readFileSync } from "node:fs";
import http from "node:http";
import https from "node:https";

const evil = '"><script>document.title="owned"</script><img src=x onerror=alert(1)> &amp; \u202eevil';

const answer = (request, response) => {
  const path = request.url.split("?")[0];
  if (path === "/old") {
    response.writeHead(302, { Location: "/new" }).end();
  } else if (path === "/slow") {
    setTimeout(() => response.writeHead(200).end("slow"), 120);
  } else if (path === "/broken") {
    response.writeHead(503, "Service Unavailable").end("no");
  } else if (path === "/evil") {
    const latin1 = Buffer.from(evil).toString("latin1");
    response.writeHead(500, '<script>alert("status")</script>', { "X-Evil": latin1, Location: latin1 });
    response.end(evil);
  } else {
    response.writeHead(200, { "Content-Type": "text/html" }).end("<h1>hello</h1>".repeat(50));
  }
};

const listening = (server) =>
  new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(server.address().port)));

const [certificate, key] = process.argv.slice(2).map((file) => readFileSync(file));
const plain = await listening(http.createServer(answer));
const secure = await listening(https.createServer({ cert: certificate, key }, answer));
console.log(`plain=${plain}\nsecure=${secure}`);
