/*
 * The parts of the compared packages that are measured. Declared here because the packages are installed apart (see
 * package.json), and everything else has to compile without them; convict brings no types anyway.
 */

declare module 'c12' {
  export function loadConfig(options: {
    readonly cwd: string;
    readonly configFile: string;
    readonly rcFile: false;
    readonly globalRc: false;
    readonly packageJson: false;
    readonly dotenv: { readonly fileName: string; readonly env: object };
  }): Promise<{ readonly config: object }>;
}

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

declare module 'envalid' {
  type Environment = Readonly<Record<string, string>>;
  type Values = Readonly<Record<string, unknown>>;
  interface Spec<Value> {
    readonly choices?: readonly Value[];
    readonly default?: Value;
  }
  export function bool(spec?: Spec<boolean>): object;
  export function num(spec?: Spec<number>): object;
  export function str(spec?: Spec<string>): object;
  export function url(spec?: Spec<string>): object;
  export function cleanEnv(environment: Environment, specs: Readonly<Record<string, object>>): Values;
}

declare module 'znv' {
  import type { ZodTypeAny } from 'zod/v3';

  export function parseEnv(
    environment: Readonly<Record<string, string>>,
    schemas: Readonly<Record<string, ZodTypeAny>>,
  ): Readonly<Record<string, unknown>>;
}
