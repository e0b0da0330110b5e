import { plainCommand } from './_plain.js';

export class MemoryServerCommand extends plainCommand('memory-server', 'Says that it is done') {}
