import { FORMS } from '../tests/support/secret-forms.js';

/** Output, by where it appeared. */
export type Output = Readonly<Record<string, readonly string[]>>;

/** Where a secret turns up, plain or encoded; does not show it. */
export function leaksOf(secrets: readonly string[], output: Output): string[] {
  const patterns = secrets.flatMap((secret, index) =>
    FORMS.map(({ name, encode }) => ({ name: `secret ${index + 1}, ${name}`, text: encode(secret) })),
  );
  return Object.entries(output).flatMap(([place, texts]) =>
    texts.flatMap((text, number) =>
      patterns
        .filter((pattern) => text.includes(pattern.text))
        .map(({ name }) => `${name}, in ${place} ${number + 1}`),
    ),
  );
}
