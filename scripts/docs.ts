import { readFileSync, writeFileSync } from 'node:fs';

import { settings } from '../src/settings.js';
import { renderEnvExample, renderReadme } from './render-docs.js';

const readme = new URL('../README.md', import.meta.url);
writeFileSync(new URL('../.env.example', import.meta.url), renderEnvExample(settings));
writeFileSync(readme, renderReadme(readFileSync(readme, 'utf8'), settings));
