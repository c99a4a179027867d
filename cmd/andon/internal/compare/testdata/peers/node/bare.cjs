// The least in Node: read the body, verify its signature, answer. Arguments: host, port, secret, path.
const http = require('http');
const { createHmac, timingSafeEqual } = require('crypto');
const [host, port, secret, path] = process.argv.slice(2);

http.createServer((req, res) => {
  if (req.url !== path) {
    res.end('{"Count":0,"Bytes":0}');
    return;
  }
  const parts = [];
  req.on('data', (part) => parts.push(part));
  req.on('end', () => {
    const want = 'sha256=' + createHmac('sha256', secret).update(Buffer.concat(parts)).digest('hex');
    const got = String(req.headers['x-hub-signature']);
    const same = got.length === want.length && timingSafeEqual(Buffer.from(got), Buffer.from(want));
    res.statusCode = same ? 204 : 401;
    res.end();
  });
}).listen(Number(port), host);
