import { dieServiceVariables, loadConfig } from '../common/config.ts';
import { createLogger } from '../common/logger.ts';
import { runServer } from '../common/run-server.ts';
import { startTracing } from '../common/tracing.ts';
import { createDieService } from './die-service.ts';
import { loadDice } from './load-dice.ts';

/** Runs die-service until a signal. @throws StartError for a bad configuration or die specification. */
export async function main(env: NodeJS.ProcessEnv): Promise<void> {
  const config = loadConfig(dieServiceVariables, env);
  const logger = createLogger('die-service', config.LOG_LEVEL);
  const dice = loadDice(config);
  const tracing = startTracing('die-service', env, (reason) =>
    logger.warn({ reason }, 'Cannot export spans'),
  );
  logger.info('Die Service API starting up');
  const server = createDieService({ dice, logger, tracer: tracing.tracer });
  await runServer({ server, logger, tracing, host: config.HOST, port: config.PORT });
}
