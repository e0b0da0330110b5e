/** convict brings no types; this is the part that is measured. */
declare module 'convict' {
  export interface Property {
    readonly format: unknown;
    readonly default: unknown;
    readonly sensitive?: boolean;
  }
  export interface Config {
    loadFile(file: string): Config;
    validate(options?: { readonly allowed?: 'strict' | 'warn' }): Config;
    getProperties(): Readonly<Record<string, unknown>>;
  }
  interface Convict {
    (schema: Readonly<Record<string, Property>>, options?: { readonly env: object }): Config;
    addParser(parser: {
      readonly extension: string;
      readonly parse: (text: string) => Readonly<Record<string, string>>;
    }): void;
  }
  const convict: Convict;
  export default convict;
}

/** node-config's types describe CommonJS modules; these two are ES modules. */
declare module 'config/parser.js' {
  interface Parser {
    setParser(extension: string, parse: (file: string, text: string) => object): void;
  }
  const parser: Parser;
  export default parser;
}

declare module 'config/lib/util.js' {
  import type parser from 'config/parser.js';

  export class Load {
    public readonly config: object;
    public constructor(options: {
      readonly configDir: string;
      readonly nodeEnv: readonly string[];
      readonly parser: typeof parser;
    });
    public loadFile(file: string): unknown;
  }
  export const Util: {
    makeImmutable<Value extends object>(value: Value): Value;
  };
}
