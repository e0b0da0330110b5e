/** Texts that somebody could have read, by where they stood. */
export type Places = Readonly<Record<string, readonly string[]>>;

/** Where any of the secrets turns up, plainly or encoded, without showing it. */
export function leaksOf(secrets: readonly string[], places: Places): string[] {
  const forms = secrets.flatMap((secret, index) =>
    formsOf(secret).map(([name, form]) => ({ name: `secret ${index + 1}, ${name}`, form })),
  );
  return Object.entries(places).flatMap(([place, texts]) =>
    texts.flatMap((text, number) =>
      forms.filter(({ form }) => text.includes(form)).map(({ name }) => `${name}, in ${place} ${number + 1}`),
    ),
  );
}

function formsOf(secret: string): [name: string, form: string][] {
  const bytes = Buffer.from(secret);
  return [
    ['plain', secret],
    ['in a URL', encodeURIComponent(secret)],
    ['in JSON', JSON.stringify(secret).slice(1, -1)],
    ['in base64', bytes.toString('base64').replace(/=+$/, '')],
    ['in base64url', bytes.toString('base64url')],
    ['in hexadecimal', bytes.toString('hex')],
  ];
}
