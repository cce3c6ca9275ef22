const http = require("node:http");

const stations = new Map([
  ["harbour", { high: "05:12", low: "11:27" }],
  ["lighthouse", { high: "05:31", low: "11:49" }],
]);

http
  .createServer((request, response) => {
    const name = new URL(request.url, "http://localhost").pathname.slice(1);
    const tides = stations.get(name);
    response.writeHead(tides ? 200 : 404, { "content-type": "application/json" });
    response.end(JSON.stringify(tides ?? { error: "no such station" }));
  })
  .listen(3000);
