import { container, Events, Listener } from '@sapphire/framework';

export class LogWarnListener extends Listener {
  constructor(context, options) {
    super(context, { ...options, event: Events.Warn });
  }

  run(problem) {
    container.logger.warn(problem);
  }
}
