require("fs").writeFileSync("cache.txt", "x");
require("fs").writeFileSync("src/out.txt", "x");
console.log("written");
