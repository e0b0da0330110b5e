import { plainCommand } from './_plain.js';

export class ReloadConfigCommand extends plainCommand('reload-config', 'Says that it is done') {}
