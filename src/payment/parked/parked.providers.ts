import type { Provider, Type } from '@nestjs/common';
import { AssignedCaptureJob } from './assigned-capture.job';
import { AssignedCapture } from './assigned-capture.service';
import { ParkedAdminController } from './parked.admin.controller';
import { ParkedListener } from './parked.listener';
import { ParkedRepository } from './parked.repository';
import { ParkedService } from './parked.service';
import { ParkedPayment } from './parked-payment.entity';

/** The part of PaymentModule for money that is nobody's. */
export const PARKED = {
  entities: [ParkedPayment],
  controllers: [ParkedAdminController] as Type[],
  providers: [ParkedRepository, ParkedService, AssignedCapture, AssignedCaptureJob, ParkedListener] as Provider[],
};
