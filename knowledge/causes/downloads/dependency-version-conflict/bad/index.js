console.log(require("words").greeting())
