import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AuthModule } from '../auth/auth.module';
import { AllowanceAdminController } from './allowance/allowance.admin.controller';
import { AllowanceRepository } from './allowance/allowance.repository';
import { AllowanceService } from './allowance/allowance.service';
import { BulkAdminController } from './bulk/bulk.admin.controller';
import { BulkEnrolment } from './bulk/bulk-enrolment.entity';
import { BulkJob } from './bulk/bulk.job';
import { BulkListener } from './bulk/bulk.listener';
import { BulkRepository } from './bulk/bulk.repository';
import { BulkRow } from './bulk/bulk-row.entity';
import { BulkRowService } from './bulk/bulk-row.service';
import { BulkService } from './bulk/bulk.service';
import { BulkWorker } from './bulk/bulk.worker';
import { CourseAdminController } from './course/course.admin.controller';
import { CourseRepository } from './course/course.repository';
import { CourseSaleService } from './course/course-sale.service';
import { CourseService } from './course/course.service';
import { ClaimService } from './enrolment/claim.service';
import { ClosingService } from './enrolment/closing.service';
import { EnrolmentAdminController } from './enrolment/enrolment.admin.controller';
import { EnrolmentAdminService } from './enrolment/enrolment-admin.service';
import { EnrolmentController } from './enrolment/enrolment.controller';
import { EnrolmentRepository } from './enrolment/enrolment.repository';
import { EnrolmentService } from './enrolment/enrolment.service';
import { EnrolmentViewRepository } from './enrolment/enrolment-view.repository';
import { EnrolmentWriter } from './enrolment/enrolment.writer';
import { ExpiryJob } from './enrolment/expiry.job';
import { ExpiryRepository } from './enrolment/expiry.repository';
import { LearnerRepository } from './enrolment/learner.repository';
import { OwnEnrolmentService } from './enrolment/own-enrolment.service';
import { EnrolmentListener } from './enrolment.listener';
import { Course } from './entities/course.entity';
import { CourseOwner } from './entities/course-owner.entity';
import { Enrolment } from './entities/enrolment.entity';
import { EnrolmentAllowance } from './entities/enrolment-allowance.entity';
import { EnrolmentHistory } from './entities/enrolment-history.entity';
import { EnrolmentMailbox } from './entities/enrolment-mailbox.entity';
import { EnrolmentSource } from './entities/enrolment-source.entity';
import { LernitoController } from './lernito/lernito.controller';
import { LernitoProcessor } from './lernito/lernito.processor';
import { LernitoSource } from './lernito/lernito.source';
import { LernitoVerifier } from './lernito/lernito.verifier';
import { LernitoSender } from './lms/lernito.sender';
import { LmsAdminController } from './lms/lms.admin.controller';
import { Lms } from './lms/lms.entity';
import { LmsJob } from './lms/lms.job';
import { LmsListener } from './lms/lms.listener';
import { LmsRepository } from './lms/lms.repository';
import { LmsService } from './lms/lms.service';
import { LmsWorker } from './lms/lms.worker';
import { LmsAttempt } from './lms/lms-attempt.entity';
import { LmsConnections } from './lms/lms-connection';
import { LmsDeliverer } from './lms/lms-deliverer';
import { LmsDeliveryAdminController } from './lms/lms-delivery.admin.controller';
import { LmsDelivery } from './lms/lms-delivery.entity';
import { LmsDeliveryRepository } from './lms/lms-delivery.repository';
import { LmsDeliveryService } from './lms/lms-delivery.service';
import { LmsQueueRepository } from './lms/lms-queue.repository';
import { LmsSecrets } from './lms/lms-secrets';
import { LmsSteps } from './lms/lms-steps';
import { LmsTestService } from './lms/lms-test.service';
import { LmsUrls } from './lms/lms-urls';
import { OpenEdxClient } from './lms/openedx.client';
import { CourseAccessListener } from './membership/course-access.listener';
import { CourseAccessRepository } from './membership/course-access.repository';
import { CourseAccessService } from './membership/course-access.service';

const ENTITIES = [
  Course,
  CourseOwner,
  Enrolment,
  EnrolmentSource,
  EnrolmentHistory,
  EnrolmentAllowance,
  EnrolmentMailbox,
  BulkEnrolment,
  BulkRow,
  Lms,
  LmsDelivery,
  LmsAttempt,
];

/** Courses, who is enrolled in them, and lernito's webhook. */
@Module({
  imports: [TypeOrmModule.forFeature(ENTITIES), AuthModule],
  controllers: [
    LernitoController,
    EnrolmentController,
    CourseAdminController,
    EnrolmentAdminController,
    BulkAdminController,
    AllowanceAdminController,
    LmsAdminController,
    LmsDeliveryAdminController,
  ],
  providers: [
    AllowanceRepository,
    AllowanceService,
    CourseRepository,
    CourseService,
    CourseSaleService,
    ClaimService,
    ClosingService,
    EnrolmentListener,
    EnrolmentRepository,
    EnrolmentViewRepository,
    EnrolmentWriter,
    EnrolmentService,
    EnrolmentAdminService,
    OwnEnrolmentService,
    ExpiryRepository,
    ExpiryJob,
    LearnerRepository,
    LernitoProcessor,
    LernitoVerifier,
    LernitoSource,
    BulkJob,
    BulkListener,
    BulkRepository,
    BulkRowService,
    BulkService,
    BulkWorker,
    CourseAccessListener,
    CourseAccessRepository,
    CourseAccessService,
    LernitoSender,
    LmsConnections,
    LmsDeliverer,
    LmsDeliveryRepository,
    LmsDeliveryService,
    LmsJob,
    LmsListener,
    LmsQueueRepository,
    LmsRepository,
    LmsSecrets,
    LmsService,
    LmsSteps,
    LmsTestService,
    LmsUrls,
    LmsWorker,
    OpenEdxClient,
  ],
  exports: [CourseSaleService, EnrolmentService],
})
export class EnrollmentWebhookModule {}
