import { TENANT_SESSION } from './api/sessions.js';
import { Console } from './app/console.js';
import { tenantDashboard } from './app/tenant-dashboard.js';

void new Console({ sessionUrl: TENANT_SESSION, title: 'page.tenant', dashboard: tenantDashboard }).start();
