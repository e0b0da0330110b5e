import { isForm, readForm } from 'loopback-kit';
import { expect, it } from 'vitest';

it('reads the fields and files of a multipart form', async () => {
  const form = new FormData();
  form.set('payload_json', '{}');
  form.set('files[0]', new File(['hello'], 'hello.txt', { type: 'text/plain' }));
  const sent = new Response(form);
  const type = sent.headers.get('content-type') ?? '';
  expect(isForm(type)).toBe(true);
  expect(isForm('application/json')).toBe(false);
  expect(await readForm(type, Buffer.from(await sent.arrayBuffer()))).toEqual({
    fields: { payload_json: '{}' },
    files: { 'files[0]': { name: 'hello.txt', contentType: 'text/plain', bytes: Buffer.from('hello') } },
  });
});

it('rejects bytes that are no form', async () => {
  await expect(readForm('multipart/form-data; boundary=x', Buffer.from('nonsense'))).rejects.toBeInstanceOf(
    Error,
  );
});
