import { container, Events, Listener } from '@sapphire/framework';

export class LogErrorListener extends Listener {
  constructor(context, options) {
    super(context, { ...options, event: Events.Error });
  }

  run(problem) {
    container.logger.error(problem);
  }
}
