console.log(require("./lib.js").name);
