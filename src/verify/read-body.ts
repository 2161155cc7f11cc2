import { Trouble } from './trouble.ts';

/**
 * The body of an answer as text.
 *
 * @throws Trouble when it is larger than `maxBytes` (after decompression); the rest is not read
 */
export async function readBody(response: Response, maxBytes: number, server: string): Promise<string> {
  const tooLarge = () =>
    new Trouble('too-large', `${server} sent an answer of more than ${Math.round(maxBytes / 1e6)} MB`);
  if (Number(response.headers.get('content-length')) > maxBytes) {
    await response.body?.cancel();
    throw tooLarge();
  }
  const chunks: Uint8Array[] = [];
  let size = 0;
  // Leaving the loop cancels the stream, which closes the connection.
  for await (const chunk of response.body ?? []) {
    size += chunk.length;
    if (size > maxBytes) throw tooLarge();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
