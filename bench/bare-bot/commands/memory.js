import { plainCommand } from './_plain.js';

export class MemoryCommand extends plainCommand('memory', 'Says that it is done') {}
