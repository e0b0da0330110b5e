import { readFileSync } from 'node:fs';
import path from 'node:path';

import { Instrumenter } from '@stryker-mutator/instrumenter';

import type { Mutant, Plan } from './plan.js';

/** The wording of messages is not what mutation tests: other words for the same fact are no fault. */
const EXCLUDED = ['StringLiteral'];

const SILENT = { debug() {}, info() {}, isDebugEnabled: () => false };

/** Puts every mutant of these files behind a switch, so that one build serves for all of them. */
export async function instrument(files: readonly string[], repository: string): Promise<Plan> {
  const texts = new Map(files.map((file) => [file, readFileSync(path.join(repository, file), 'utf8')]));
  const result = await new Instrumenter(SILENT).instrument(
    [...texts].map(([name, content]) => ({ name, mutate: true, content })),
    { plugins: null, excludedMutations: EXCLUDED, ignorers: [] },
  );
  return {
    sources: Object.fromEntries(result.files.map(({ name, content }) => [name, content])),
    mutants: result.mutants
      .filter(({ status }) => status !== 'Ignored')
      .map(({ id, fileName, location, mutatorName, replacement }): Mutant => {
        const original = textAt(texts.get(fileName) ?? '', location);
        return {
          id,
          file: fileName,
          line: location.start.line + 1,
          kind: mutatorName,
          original,
          replacement,
        };
      }),
  };
}

interface Position {
  readonly line: number;
  readonly column: number;
}

function textAt(text: string, { start, end }: { readonly start: Position; readonly end: Position }): string {
  const lines = text.split('\n').slice(start.line, end.line + 1);
  lines[lines.length - 1] = lines.at(-1)?.slice(0, end.column) ?? '';
  lines[0] = lines[0]?.slice(start.column) ?? '';
  return lines.join('\n');
}
