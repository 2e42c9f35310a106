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
  ],
  exports: [CourseSaleService, EnrolmentService],
})
export class EnrollmentWebhookModule {}
