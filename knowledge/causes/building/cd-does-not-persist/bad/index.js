console.log("tally")
