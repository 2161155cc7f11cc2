import { loadConfig, rollerVariables } from '../common/config.ts';
import { createLogger } from '../common/logger.ts';
import { runServer } from '../common/run-server.ts';
import { startTracing } from '../common/tracing.ts';
import { createDiceRoller } from './dice-roller.ts';

/** Runs dice-roller until a signal. @throws StartError for a bad configuration. */
export async function main(env: NodeJS.ProcessEnv): Promise<void> {
  const config = loadConfig(rollerVariables, env);
  const logger = createLogger('dice-roller', config.LOG_LEVEL);
  const tracing = startTracing('dice-roller', env, (reason) =>
    logger.warn({ reason }, 'Cannot export spans'),
  );
  logger.info('Dice Roller API starting up (Stage 4 - with async rolling)');
  const roller = createDiceRoller({ config, logger, tracer: tracing.tracer });
  await runServer({ server: roller, logger, tracing, host: config.HOST, port: config.PORT });
  await roller.connect();
}
