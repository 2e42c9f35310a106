import { dialect } from '../../src/infra/config/dialect';

const isPostgres = dialect === 'postgres';

/** For what is PostgreSQL's alone: plans, which the speed targets are about. */
export const describeOnPostgres = isPostgres ? describe : describe.skip;
export const itOnPostgres = isPostgres ? it : it.skip;
