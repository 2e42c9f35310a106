import { dialect } from '../../src/infra/config/dialect';

/** For what is PostgreSQL's alone: plans, which the speed targets are about. */
export const describeOnPostgres = dialect === 'postgres' ? describe : describe.skip;
