console.log(process.getuid());
