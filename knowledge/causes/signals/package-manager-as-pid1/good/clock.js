const http = require('http');

const server = http.createServer((request, response) => response.end(`${new Date()}\n`));
process.on('SIGTERM', () => server.close(() => process.exit(0)));
server.listen(8080);
