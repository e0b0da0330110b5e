import { expect, it } from 'vitest';

import { collapsed, table } from './markdown.js';

it('renders a table whose first column is text and whose others are figures', () => {
  expect(table(['save', 'times'], [['rename | swap', '1,009']])).toBe(
    '| save | times |\n| --- | ---: |\n| rename \\| swap | 1,009 |',
  );
});

it('collapses what few readers want to see', () => {
  expect(collapsed('Positions (2)', '- here\n- there')).toBe(
    '<details>\n<summary>Positions (2)</summary>\n\n- here\n- there\n\n</details>',
  );
});
