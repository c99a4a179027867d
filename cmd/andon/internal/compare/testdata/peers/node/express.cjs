// What is usual with Express: the body parsed as JSON, its signature verified on the way, one label looked for.
// Arguments: host, port, secret, path.
const express = require('express');
const { createHmac, timingSafeEqual } = require('crypto');
const [host, port, secret, path] = process.argv.slice(2);

const app = express();
app.get('/measure', (req, res) => res.send('{"Count":0,"Bytes":0}'));
app.use(express.json({
  limit: '2mb',
  verify: (req, res, body) => {
    const want = 'sha256=' + createHmac('sha256', secret).update(body).digest('hex');
    const got = String(req.headers['x-hub-signature']);
    if (got.length !== want.length || !timingSafeEqual(Buffer.from(got), Buffer.from(want))) {
      throw new Error('the signature is wrong');
    }
  },
}));
app.post(path, (req, res) => {
  const labels = req.body.issue?.fields?.labels ?? [];
  res.status(labels.includes('disaster') ? 202 : 204).end();
});
app.listen(Number(port), host);
