import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** The text of a file of the repository. */
export function read(path: string): string {
  return readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
}

/** The code block of a page under the comment `<!-- KIND: NAME -->`, such as `recipe: backup`. */
export function codeBlock(page: string, kind: string, name: string): string {
  const [, below] = read(page).split(`<!-- ${kind}: ${name} -->\n\n`);
  const [, code] = /^```\w*\n(.*?)^```$/ms.exec(below ?? '') ?? [];
  if (code === undefined) throw new Error(`${page} has no ${kind} ${name}`);
  return code;
}

/** The names of all blocks of one kind in a page. */
export function codeBlocks(page: string, kind: string): string[] {
  return [...read(page).matchAll(/^<!-- (\w+): (\S+) -->$/gm)]
    .filter(([, found]) => found === kind)
    .map(([, , name = '']) => name);
}

/** Whether the machine has every one of these programs; says which are missing, and what is therefore skipped. */
export function hasPrograms(what: string, programs: readonly string[]): boolean {
  const missing = programs.filter((program) => spawnSync('which', [program]).status !== 0);
  if (missing.length > 0) {
    process.stderr.write(
      `\n⚠️  SKIPPED: this machine has no ${missing.join(', ')}, so ${what} cannot be tested.\n\n`,
    );
  }
  return missing.length === 0;
}
