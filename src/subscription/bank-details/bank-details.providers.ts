import type { Provider, Type } from '@nestjs/common';
import { BankDetailsController } from './bank-details.controller';
import { BankDetails } from './bank-details.entity';
import { BankDetailsListener } from './bank-details.listener';
import { BankDetailsNotice } from './bank-details.notice';
import { BankDetailsRepository } from './bank-details.repository';
import { BankDetailsService } from './bank-details.service';

/** The part of SubscriptionModule for bank details. */
export const BANK_DETAILS = {
  entities: [BankDetails],
  controllers: [BankDetailsController] as Type[],
  providers: [BankDetailsRepository, BankDetailsNotice, BankDetailsService, BankDetailsListener] as Provider[],
};
