import { plainCommand } from './_plain.js';

export class SayCommand extends plainCommand('say', 'Says that it is done') {}
