import type { Principal } from '../common/current-user';
import { STRANGER, type Viewer } from '../content/access/post-access.service';

export function viewerOf(user: Principal | undefined): Viewer {
  return user === undefined ? STRANGER : { accountId: user.accountId, isAdmin: user.roles.includes('admin') };
}
