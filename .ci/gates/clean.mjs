// A small project that every gate lets pass: .ci/check-gates.mjs plants its violations in it.
import { jestLog } from './jest-log.mjs';

export const CLEAN = {
  'src/common/clock.ts': 'export class SystemClock {\n  now(): Date {\n    return new Date();\n  }\n}\n',
  'src/infra/config/environment.ts': "export const port = process.env['PORT'];\n",
  'src/auth/auth.service.ts':
    "import { Injectable } from '@nestjs/common';\nimport { SystemClock } from '../common/clock';\n\n@Injectable()\nexport class AuthService {\n  constructor(private readonly clock: SystemClock) {}\n\n  now(): Date {\n    return this.clock.now();\n  }\n}\n",
  'src/auth/account.entity.ts': 'export class Account {\n  id!: number;\n}\n',
  'src/auth/events/account-closed.event.ts':
    "export class AccountClosed {\n  static readonly topic = 'account-closed';\n  readonly payload = {};\n}\n",
  'src/payment/payment.service.ts':
    "import { AuthService } from '../auth/auth.service';\nimport { AccountClosed } from '../auth/events/account-closed.event';\n\nexport const used = [AuthService, AccountClosed];\n",
  'src/app.module.ts': "import { Account } from './auth/account.entity';\n\nexport const modules = [Account];\n",
  'src/main.ts': "import { modules } from './app.module';\n\nconsole.log(modules.length);\n",
  'migrations/1-create-account.ts':
    "import { SystemClock } from '../src/common/clock';\n\nexport const clock = SystemClock;\n",
  'test/e2e/journey.spec.ts':
    "import { Account } from '../../src/auth/account.entity';\n\nconst possible = process.env['PATH'] !== undefined;\n(possible ? it : it.skip)('is an account', () => {\n  expect(new Account()).toBeDefined();\n});\n",
  'jest.log': jestLog('1 skipped, 5 passed, 6 total'),
};
