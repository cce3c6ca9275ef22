require("node:http").createServer((_, response) => response.end("hello\n"));
console.log("web");
