import { Injectable } from '@nestjs/common';
import { EmailVerified, type EmailVerifiedPayload } from '../../auth/events/email-verified.event';
import { OnFact } from '../../infra/outbox/on-fact';
import type { MembershipPayload } from '../../subscription/events/membership.event';
import { MembershipEnded } from '../../subscription/events/membership-ended.event';
import { MembershipStarted } from '../../subscription/events/membership-started.event';
import {
  TierCoursesChanged,
  type TierCoursesChangedPayload,
} from '../../subscription/events/tier-courses-changed.event';
import { CourseSaleChanged, type CourseSaleChangedPayload } from '../events/course-sale-changed.event';
import { CourseAccessService } from './course-access.service';

/** A renewal is none of these: what an administrator ended meanwhile stays ended. */
@Injectable()
export class CourseAccessListener {
  constructor(private readonly access: CourseAccessService) {}

  @OnFact(MembershipStarted.topic, 'enrolment.membership-started')
  started({ account_id }: MembershipPayload): Promise<void> {
    return this.access.settle(account_id);
  }

  @OnFact(MembershipEnded.topic, 'enrolment.membership-ended')
  ended({ account_id }: MembershipPayload): Promise<void> {
    return this.access.settle(account_id);
  }

  @OnFact(EmailVerified.topic, 'enrolment.membership-proven')
  proven({ account_id }: EmailVerifiedPayload): Promise<void> {
    return this.access.settle(account_id);
  }

  @OnFact(TierCoursesChanged.topic, 'enrolment.tier-courses-changed')
  coursesChanged({ tier_id }: TierCoursesChangedPayload): Promise<void> {
    return this.access.settleTier(tier_id);
  }

  @OnFact(CourseSaleChanged.topic, 'enrolment.course-sale-changed')
  saleChanged({ course_id }: CourseSaleChangedPayload): Promise<void> {
    return this.access.settleCourse(course_id);
  }
}
