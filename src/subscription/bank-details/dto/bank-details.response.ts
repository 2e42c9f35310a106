import { ApiProperty } from '@nestjs/swagger';
import type { BankDetailsRecord } from '../bank-details.repository';
import { masked } from '../bank-details.rules';

export class BankDetailsResponse {
  @ApiProperty({ type: 'integer', example: 3 })
  id: number;

  @ApiProperty({ example: 'HDFC0001234' })
  ifscCode: string;

  @ApiProperty({ description: 'Only its last four digits are ever shown.', example: 'XXXXXXXX5678' })
  accountNumber: string;

  @ApiProperty({ example: 'HDFC Bank' })
  BankName: string;

  @ApiProperty({ example: 'Asha Rao' })
  accountHolderName: string;

  @ApiProperty({ type: String, format: 'date-time' })
  created_at: string;

  @ApiProperty({ type: String, format: 'date-time' })
  updated_at: string;

  static of(this: void, { id, bankAccount, createdAt, updatedAt }: BankDetailsRecord): BankDetailsResponse {
    return {
      id,
      ifscCode: bankAccount.ifscCode,
      accountNumber: masked(bankAccount.accountNumber),
      BankName: bankAccount.bankName,
      accountHolderName: bankAccount.accountHolderName,
      created_at: createdAt.toISOString(),
      updated_at: updatedAt.toISOString(),
    };
  }
}
