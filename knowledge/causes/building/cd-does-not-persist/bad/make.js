console.log("made")
