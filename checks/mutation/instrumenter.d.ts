/*
 * The part of Stryker's instrumenter that is used. Declared here because it is installed apart (see package.json), and
 * everything else has to compile without it.
 */

declare module '@stryker-mutator/instrumenter' {
  interface File {
    readonly name: string;
    readonly mutate: boolean;
    readonly content: string;
  }

  interface Position {
    readonly line: number;
    readonly column: number;
  }

  interface Mutant {
    readonly id: string;
    readonly fileName: string;
    readonly location: { readonly start: Position; readonly end: Position };
    readonly mutatorName: string;
    readonly replacement: string;
    readonly status?: string;
  }

  export class Instrumenter {
    public constructor(logger: { debug: () => void; info: () => void; isDebugEnabled: () => boolean });
    public instrument(
      files: readonly File[],
      options: {
        readonly plugins: null;
        readonly excludedMutations: readonly string[];
        readonly ignorers: readonly never[];
      },
    ): Promise<{ readonly files: readonly File[]; readonly mutants: readonly Mutant[] }>;
  }
}
