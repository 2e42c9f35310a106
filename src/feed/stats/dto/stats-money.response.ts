import { ApiProperty } from '@nestjs/swagger';
import { SALES } from '../../../payment/ledger/ledger-report.service';

const AMOUNT = { type: 'integer' } as const;
const CURRENCY = { example: 'INR', description: 'ISO 4217.' } as const;
const KIND = { enum: SALES, description: '`other`: given by an administrator, or paid twice.' } as const;

/** Minor units of one currency. */
class StatsSums {
  @ApiProperty({ ...AMOUNT, example: 19900, description: 'What came in, before anything was taken of it.' })
  captured: number;

  @ApiProperty({ ...AMOUNT, example: 0, description: 'Paid back.' })
  refunded: number;

  @ApiProperty({ ...AMOUNT, example: 0, description: 'Held back or lost in disputes; below zero: given back.' })
  disputed: number;

  @ApiProperty({
    ...AMOUNT,
    example: 19900,
    description: 'What it adds to your balance: `captured` less `refunded` and `disputed`. The house bears the fees.',
  })
  net: number;

  @ApiProperty({ ...AMOUNT, example: 398, description: 'Razorpay’s, without the tax on them.' })
  fees: number;

  @ApiProperty({ ...AMOUNT, example: 72 })
  taxes: number;

  @ApiProperty({
    ...AMOUNT,
    example: 0,
    description: 'What of these payments and refunds Razorpay has settled by now, fees taken off.',
  })
  settled: number;
}

export class StatsMoneyDay extends StatsSums {
  @ApiProperty(CURRENCY)
  currency: string;
}

export class StatsMoneyKind extends StatsSums {
  @ApiProperty(KIND)
  kind: string;
}

export class StatsDifference {
  @ApiProperty({
    enum: ['awaiting_settlement', 'fees', 'taxes', 'disputed'],
    description:
      '`awaiting_settlement`: Razorpay still holds it; below zero: it has paid out what was paid back since. `fees`, `taxes`: Razorpay has kept it. `disputed`: it is not yours, though its payment was settled.',
  })
  reason: string;

  @ApiProperty({ ...AMOUNT, example: 19430 })
  amount: number;
}

export class StatsMoney extends StatsSums {
  @ApiProperty(CURRENCY)
  currency: string;

  @ApiProperty({
    ...AMOUNT,
    example: 19900,
    description: 'What the house owes you now, of all time; below zero: you owe it.',
  })
  balance: number;

  @ApiProperty({
    ...AMOUNT,
    example: 0,
    description:
      'What its payers say is yours, now and of all time, while an administrator has to see: in no other sum.',
  })
  parked: number;

  @ApiProperty({ type: StatsMoneyKind, isArray: true, description: 'By what it came for; those without any left out.' })
  kinds: readonly StatsMoneyKind[];

  @ApiProperty({
    type: StatsDifference,
    isArray: true,
    description: 'Why `net` is not `settled`: these add up to `net` less `settled`.',
  })
  differences: readonly StatsDifference[];
}

class PaidSums {
  @ApiProperty({ ...AMOUNT, example: 19900 })
  paid: number;

  @ApiProperty({ ...AMOUNT, example: 0, description: 'Of it, what came back.' })
  refunded: number;
}

export class ReaderPaidKind extends PaidSums {
  @ApiProperty(KIND)
  kind: string;
}

export class ReaderPaid extends PaidSums {
  @ApiProperty(CURRENCY)
  currency: string;

  @ApiProperty({ type: ReaderPaidKind, isArray: true, description: 'By what for; those without any left out.' })
  kinds: readonly ReaderPaidKind[];
}
