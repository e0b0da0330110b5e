// `npm run docs`: writes what is generated from src/settings.ts.
import { readFileSync, writeFileSync } from 'node:fs';

import { settings } from '../src/settings.js';
import { renderEnvExample, renderSettingsPage } from './render-docs.js';

const settingsPage = new URL('../docs/settings.md', import.meta.url);
writeFileSync(new URL('../.env.example', import.meta.url), renderEnvExample(settings));
writeFileSync(settingsPage, renderSettingsPage(readFileSync(settingsPage, 'utf8'), settings));
