import { serve } from '../../bare/serve';
import { enrol } from './enrolment';
import { getPluginUser, postPluginUser } from './plugin';
import { profile, refresh } from './session';

serve([
  { method: 'GET', path: /^\/api\/user\/profile\/$/, handler: profile },
  { method: 'POST', path: /^\/api\/token\/refresh\/$/, handler: refresh },
  { method: 'GET', path: /^\/plugin_user\/$/, handler: getPluginUser },
  { method: 'POST', path: /^\/plugin_user\/$/, handler: postPluginUser },
  { method: 'POST', path: /^\/api\/lernito\/webhook\/$/, handler: enrol },
]);
