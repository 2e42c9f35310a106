import { PasswordChangeService } from '../password/password-change.service';
import { PasswordReplacementService } from '../password/password-replacement.service';
import { AccountLinks } from '../verification/account-links';
import { AccountMailListener } from '../verification/account-mail.listener';
import { EmailConfirmationService } from '../verification/email-confirmation.service';
import { EmailVerification } from '../verification/email-verification.entity';
import { EmailVerificationRepository } from '../verification/email-verification.repository';
import { EmailVerificationService } from '../verification/email-verification.service';
import { MailRequestService } from '../verification/mail-request.service';
import { MailboxOwnerService } from '../verification/mailbox-owner.service';
import { PasswordLinkService } from '../verification/password-link.service';
import { PasswordReset } from '../verification/password-reset.entity';
import { PasswordResetMailer } from '../verification/password-reset.mailer';
import { PasswordResetRepository } from '../verification/password-reset.repository';
import { PasswordResetService } from '../verification/password-reset.service';
import { ResetPageService } from '../verification/reset-page.service';
import { VerificationCodes } from '../verification/verification-codes';
import { VerificationMailer } from '../verification/verification-mailer';
import { EmailProofService } from './email-proof.service';
import { LoginController } from './login.controller';
import { LoginService } from './login.service';
import { PasswordController } from './password.controller';
import { PasswordService } from './password.service';
import { RegistrationController } from './registration.controller';
import { RegistrationService } from './registration.service';
import { UserController } from './user.controller';
import { UserService } from './user.service';

/** The part of AuthModule behind memboro's account routes: passwords, proofs of mailboxes, login keys. */
export const REST_AUTH = {
  entities: [EmailVerification, PasswordReset],
  controllers: [RegistrationController, LoginController, PasswordController, UserController],
  providers: [
    PasswordReplacementService,
    PasswordChangeService,
    AccountLinks,
    VerificationCodes,
    EmailVerificationRepository,
    EmailVerificationService,
    EmailConfirmationService,
    VerificationMailer,
    PasswordResetRepository,
    PasswordLinkService,
    MailboxOwnerService,
    PasswordResetMailer,
    PasswordResetService,
    ResetPageService,
    MailRequestService,
    AccountMailListener,
    RegistrationService,
    EmailProofService,
    LoginService,
    PasswordService,
    UserService,
  ],
};
