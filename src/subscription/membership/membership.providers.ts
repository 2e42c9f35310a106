import type { Provider, Type } from '@nestjs/common';
import { CompAdminController } from './comp.admin.controller';
import { CompRepository } from './comp.repository';
import { CompService } from './comp.service';
import { Membership } from './membership.entity';
import { MembershipJob } from './membership.job';
import { MembershipRepository } from './membership.repository';
import { MembershipService } from './membership.service';
import { MembershipSource } from './membership-source.entity';
import { MembershipWriter } from './membership.writer';

/** The part of SubscriptionModule for memberships. */
export const MEMBERSHIP = {
  entities: [Membership, MembershipSource],
  controllers: [CompAdminController] as Type[],
  providers: [
    MembershipRepository,
    MembershipWriter,
    MembershipService,
    MembershipJob,
    CompRepository,
    CompService,
  ] as Provider[],
};
