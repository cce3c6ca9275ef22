require("fs").writeFileSync(".cache/x", "y");
console.log("written");
