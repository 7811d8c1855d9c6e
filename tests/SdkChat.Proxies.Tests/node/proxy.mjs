// http-proxy with nothing but where to go: node proxy.mjs TARGET PORT
import httpProxy from "http-proxy";

const [target, port] = process.argv.slice(2);
httpProxy.createProxyServer({ target, xfwd: true }).listen(Number(port), "127.0.0.1");
