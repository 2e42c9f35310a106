import { Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { JwtModule } from '@nestjs/jwt';
import { PassportModule } from '@nestjs/passport';
import { TypeOrmModule } from '@nestjs/typeorm';
import { Settings } from '../infra/config/settings';
import { AccessGuard } from './access/access.guard';
import { AccessTokenGuard } from './access/access-token.guard';
import { AccessTokenStrategy } from './access/access-token.strategy';
import { OriginPolicy } from './access/origin.policy';
import { Account } from './account/account.entity';
import { AccountRepository } from './account/account.repository';
import { AccountService } from './account/account.service';
import { ProfileService } from './account/profile.service';
import { SignUpService } from './account/sign-up.service';
import { BootAdminService } from './account/boot-admin.service';
import { AccountController } from './browser/account.controller';
import { BrowserService } from './browser/browser.service';
import { BrowserTokenController } from './browser/browser-token.controller';
import { EncryptionKeyAdminController } from './encryption/encryption-key.admin.controller';
import { EncryptionKey } from './encryption/encryption-key.entity';
import { EncryptionKeyRepository } from './encryption/encryption-key.repository';
import { EncryptionKeyService } from './encryption/encryption-key.service';
import { JwksController } from './encryption/jwks.controller';
import { PasswordHasher } from './password/password-hasher';
import { PICTURE } from './picture/picture.providers';
import { REST_AUTH } from './rest-auth/rest-auth.providers';
import { AuthSession } from './session/auth-session.entity';
import { AuthSessionRepository } from './session/auth-session.repository';
import { LoginKeyService } from './session/login-key.service';
import { LogoutService } from './session/logout.service';
import { RefreshRepository } from './session/refresh.repository';
import { RefreshService } from './session/refresh.service';
import { ReusedTokenService } from './session/reused-token.service';
import { RevocationFeed } from './session/revocation.feed';
import { RevocationList } from './session/revocation-list';
import { SessionController } from './session/session.controller';
import { SessionListService } from './session/session-list.service';
import { SessionService } from './session/session.service';
import { SessionSweeper } from './session/session.sweeper';
import { GuessLimiter } from './sign-in/guess-limiter';
import { KnownAddressRepository } from './sign-in/known-address.repository';
import { SignInService } from './sign-in/sign-in.service';
import { JwtKeys, jwtOptions } from './token/jwt-keys';
import { TokenController } from './token/token.controller';
import { TokenCookies } from './token/token-cookies';
import { TokenGrantService } from './token/token-grant.service';
import { TokenService } from './token/token.service';
import { MailboxOwnerService } from './verification/mailbox-owner.service';

const account = [AccountRepository, AccountService, ProfileService, SignUpService, BootAdminService];
const session = [
  AuthSessionRepository,
  RefreshRepository,
  SessionService,
  SessionListService,
  RefreshService,
  ReusedTokenService,
  LoginKeyService,
  LogoutService,
  RevocationList,
  RevocationFeed,
  SessionSweeper,
];
const token = [JwtKeys, TokenService, TokenGrantService, TokenCookies, BrowserService];
const access = [AccessTokenStrategy, AccessTokenGuard, OriginPolicy, { provide: APP_GUARD, useClass: AccessGuard }];
const encryption = [EncryptionKeyRepository, EncryptionKeyService];
const picture = PICTURE.providers;
const signIn = [PasswordHasher, SignInService, GuessLimiter, KnownAddressRepository];

/** Who somebody is: accounts, sessions, tokens, and the guard that stands before every route. */
@Module({
  imports: [
    TypeOrmModule.forFeature([Account, AuthSession, EncryptionKey, ...REST_AUTH.entities, ...PICTURE.entities]),
    PassportModule,
    JwtModule.registerAsync({
      inject: [Settings],
      useFactory: (settings: Settings) => jwtOptions(new JwtKeys(settings)),
    }),
  ],
  controllers: [
    AccountController,
    BrowserTokenController,
    TokenController,
    SessionController,
    JwksController,
    EncryptionKeyAdminController,
    ...REST_AUTH.controllers,
    ...PICTURE.controllers,
  ],
  providers: [
    ...account,
    ...session,
    ...token,
    ...access,
    ...encryption,
    ...signIn,
    ...picture,
    ...REST_AUTH.providers,
  ],
  exports: [AccountService, SessionService, BootAdminService, MailboxOwnerService],
})
export class AuthModule {}
