// A proxy of Node.js that compresses whatever it may, as many are put together: node proxy.mjs TARGET
import compression from 'compression';
import http from 'node:http';
import proxies from 'http-proxy';

const proxy = proxies.createProxyServer({ target: process.argv[2] });
proxy.on('error', (_, __, response) => response.destroy());
const compress = compression({ threshold: 0 });
const server = http.createServer((request, response) => compress(request, response, () => proxy.web(request, response)));
server.listen(0, '127.0.0.1', () => console.log(server.address().port));
