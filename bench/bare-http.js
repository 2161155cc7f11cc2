/** The work of /roll-async on bare node:http: look the die up, roll, answer. No metrics, logs, traces or validation. */
import { createServer } from 'node:http';

const dieService = process.env.DIE_SERVICE_URL;

const server = createServer(async (request, response) => {
  const query = new URL(request.url, 'http://any').searchParams;
  const answer = await fetch(`${dieService}/dice?identifier=${query.get('die')}`);
  const { faces } = (await answer.json()).specification;
  const rolls = Array.from(
    { length: Number(query.get('times')) },
    () => faces[Math.floor(Math.random() * faces.length)],
  );
  const total = rolls.reduce((sum, roll) => sum + roll, 0);
  response.setHeader('content-type', 'application/json');
  response.end(JSON.stringify({ total, rolls, count: rolls.length }));
});
server.listen(Number(process.env.PORT), '127.0.0.1', () => {
  console.log(JSON.stringify({ port: server.address().port }));
});
